import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { annotate, Finite, Integer, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { File, Open, samples, Tree } from '../samples.ts'

interface Endless {
  readonly next: Endless
}
const Endless: t.Type<Endless> = t.recursion('Endless', () => t.type({ next: Endless }))

test.each(Object.entries(samples))(
  'Arbitrary.pairs makes valid values from valid values of %s',
  (_, codec) => {
    fc.assert(
      fc.property(Arbitrary.pairs(codec), ([a, b]) => {
        expect(codec.is(a)).toBe(true)
        expect(codec.is(b)).toBe(true)
      }),
    )
  },
)

const twins = (files: ReadonlyArray<t.TypeOf<typeof File>>) =>
  files.some((a, i) => files.some((b, j) => i < j && a.id === b.id && a.bytes !== b.bytes))

const ids = (files: ReadonlyArray<t.TypeOf<typeof File>>) => files.map(file => file.id).join()

/** The corners that a sample must reach, each as a predicate. */
const reaches = <A>(arbitrary: fc.Arbitrary<A>, corners: Readonly<Record<string, (a: A) => boolean>>) => {
  const sample = fc.sample(arbitrary, { numRuns: 1000, seed: 1 })
  const missed = Object.entries(corners).filter(([, reached]) => !sample.some(reached))
  expect(missed.map(([corner]) => corner)).toEqual([])
}

test('Arbitrary.of reaches the corners of numbers and texts', () => {
  reaches(Arbitrary.of(Integer), {
    least: n => n === Number.MIN_SAFE_INTEGER,
    greatest: n => n === Number.MAX_SAFE_INTEGER,
    'negative zero': n => Object.is(n, -0),
  })
  reaches(Arbitrary.of(Finite), { small: n => n === 8e-5, greatest: n => n === Number.MAX_VALUE })
  reaches(Arbitrary.of(t.string, { loneSurrogates: true }), {
    empty: s => s === '',
    'line ends': s => s.includes('\r\n'),
    astral: s => /[\u{10000}-\u{10ffff}]/u.test(s),
    'half a pair': s => !s.isWellFormed(),
  })
  reaches(Arbitrary.of(Open), { known: s => s === 'warn', other: s => s !== 'warn' && s !== 'info' })
})

test('Arbitrary.of reaches the corners of objects and lists', () => {
  reaches(Arbitrary.of(t.array(File)), {
    empty: files => files.length === 0,
    repeated: files => new Set(files).size < files.length,
    'same id, other content': twins,
  })
  reaches(Arbitrary.of(File), {
    'own __proto__': file => Object.hasOwn(file, '__proto__'),
    'own constructor': file => Object.hasOwn(file, 'constructor'),
    absent: file => !Object.hasOwn(file, 'note'),
    null: file => file.note === null,
    'other key order': file => Object.keys(file)[0] === 'bytes',
  })
  reaches(Arbitrary.of(Tree), { deep: tree => tree.children[0]?.children[0]?.children[0] !== undefined })
})

test('Arbitrary.of leaves out what it is told to leave out', () => {
  fc.assert(
    fc.property(Arbitrary.of(File, { unknownKeys: false, negativeZero: false }), file => {
      expect(['bytes', 'id', 'note', 'rate']).toEqual(expect.arrayContaining(Object.keys(file)))
      expect(Object.is(file.bytes, -0)).toBe(false)
      expect(file.id.isWellFormed()).toBe(true)
    }),
  )
})

test('Arbitrary.pairs reaches every edit', () => {
  reaches(Arbitrary.pairs(t.array(File)), {
    none: ([a, b]) => a === b,
    append: ([a, b]) => a.length > 1 && b.length === a.length + 1 && a.every((file, i) => file === b[i]),
    insert: ([a, b]) => b.length === a.length + 1 && a.every((file, i) => file === b[i + 1]),
    delete: ([a, b]) => a.length > 2 && a.length - b.length === 1 && b.every(file => a.includes(file)),
    move: ([a, b]) => a.length === b.length && a.every(file => b.includes(file)) && ids(a) !== ids(b),
    change: ([a, b]) => a.length === b.length && ids(a) === ids(b) && a.some((file, i) => file !== b[i]),
    'new note': ([a, b]) => a[0]?.note === undefined && b[0]?.note !== undefined && a[0]?.id === b[0].id,
  })
})

test('Arbitrary.of says which codec it cannot generate', () => {
  const Even = new t.Type<number>(
    'Even',
    (u): u is number => u === 2,
    () => t.success(2),
    t.identity,
  )
  expect(() => Arbitrary.of(t.type({ a: Even }))).toThrow(
    'Arbitrary cannot be derived from Even: its structure is not known. ' +
      'Write it with the combinators of io-ts or of @finetune-kit/codec, as a refinement of a codec that has a structure.',
  )
  expect(() => Arbitrary.of(Endless)).toThrow(
    'Arbitrary cannot be derived from Endless: no finite value is of its type.',
  )
})

test('Arbitrary.of names the codec and the remedy when a refinement is too narrow to search', () => {
  const FileId = t.refinement(t.string, s => s.startsWith('file-example-'), 'FileId')
  const Holder = record('Holder', { id: FileId })
  const sample = () => fc.sample(Arbitrary.of(Holder), 1)
  expect(sample).toThrow(
    'Arbitrary of FileId: 10,000 generated values in a row are invalid. ' +
      'State what is valid: annotate(FileId, { constraints: { pattern: … } }).',
  )
})

test.each([
  ['a pattern that looks around', { pattern: '^(?=file-)file-[a-z]+$' }],
  ['a length that no match of the pattern has', { pattern: '^file-[a-z]$', minLength: 7 }],
])('Arbitrary.of ends on %s', (_, constraints) => {
  const FileId = t.refinement(t.string, s => s.startsWith('file-'), 'FileId')
  expect(() => fc.sample(Arbitrary.of(annotate(FileId, { constraints })), 1)).toThrow(
    'Arbitrary of FileId: 10,000 generated texts in a row do not meet its constraints. ' +
      'State a pattern without lookaround that matches texts of the stated length.',
  )
})

test('Arbitrary.of searches the values of a refinement that is not too narrow', () => {
  const Even = t.refinement(Integer, n => n % 2 === 0, 'Even')
  expect(fc.sample(Arbitrary.of(Even), 200).every(Even.is)).toBe(true)
})
