import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { codeGeneration } from '@finetune-kit/codec'
import { absent, compileRecordReader } from '@finetune-kit/codec/compile'

afterEach(() => {
  vi.restoreAllMocks()
  codeGeneration(true)
})

/** Takes the values in order, each by a field or, without a key, by none. */
const take = (keys: ReadonlyArray<string | undefined>) =>
  compileRecordReader<Iterator<unknown>>(
    keys.map(key => ({ key, read: from => from.next().value as unknown })),
  )

const key = fc.constantFrom(
  'a',
  'b',
  '__proto__',
  'constructor',
  '1',
  '',
  '"\u2028',
  '\\',
  '`${1}',
  undefined,
)
const value = fc.constantFrom<unknown>(absent, undefined, null, 0, '')

test.each([true, false])(
  'inTurn reads every field once, in turn, and leaves out what is absent; code may be generated: %s',
  allowed => {
    const keys = fc.uniqueArray(key, { selector: k => k ?? {}, minLength: 0, maxLength: 10 })
    fc.assert(
      fc.property(
        keys,
        fc.array(fc.array(value, { minLength: 10, maxLength: 10 }), { minLength: 1 }),
        (names, rows) => {
          codeGeneration(allowed)
          const read = take(names)
          for (let i = 0; i < 12; i++)
            for (const row of rows) {
              const from = row.values()
              const found = read(from)
              const fields = names.flatMap((name, j) =>
                name === undefined || row[j] === absent ? [] : [[name, row[j]] as const],
              )
              expect(Object.entries(found)).toEqual(Object.entries(Object.fromEntries(fields)))
              expect([...(from as Iterable<unknown>)]).toEqual(row.slice(names.length))
            }
        },
      ),
    )
  },
)

test.each([31, 32, 200, 5000])('inTurn reads %s fields, absent or not', count => {
  const keys = Array.from({ length: count }, (_, i) => `key ${i}`)
  const read = take(keys)
  for (let i = 0; i < (count > 1000 ? 20 : 300); i++) {
    const values = keys.map((_, j) => (j % 7 === i ? absent : j))
    expect(Object.values(read(values.values()))).toEqual(values.filter(v => v !== absent))
  }
})

test('inTurn generates code once, for an object that comes again', () => {
  const generated = vi.spyOn(globalThis, 'Function')
  const read = take(['in', 'turn'])
  expect(read([1, 2].values())).toEqual({ in: 1, turn: 2 })
  expect(generated).not.toHaveBeenCalled()
  for (let i = 0; i < 300; i++) expect(read([1, i].values())).toEqual({ in: 1, turn: i })
  expect(generated).toHaveBeenCalledTimes(2) // the object itself was made by then
})

test('inTurn reads no further where it is over, of however many fields', () => {
  let reads = 0
  const turns = Array.from({ length: 10_000 }, (_, i) => ({ key: `key ${i}`, read: () => ++reads }))
  expect(compileRecordReader<void>(turns, () => reads === 3)()).toEqual({})
  expect(reads).toBe(3)
})

test('inTurn keeps for many fields to the way that takes little of the stack', () => {
  const generated = vi.spyOn(globalThis, 'Function')
  const keys = Array.from({ length: 33 }, (_, i) => `wide ${i}`)
  const read = compileRecordReader<void>(keys.map(name => ({ key: name, read: () => absent })))
  for (let i = 0; i < 300; i++) expect(read()).toEqual({})
  expect(generated).not.toHaveBeenCalled()
})
