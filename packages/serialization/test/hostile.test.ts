/** Hostile inputs: none may throw, hang, change a prototype or take unbounded memory. */
import { draw, Finite, Integer, record } from '@finetune-kit/codec'
import { Csv, decodeAll, EventStream, Json, Ndjson } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { afterEach, describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const bytes = (text: string) => new TextEncoder().encode(text)
const any = Json.of(t.unknown)
const refusal = (text: string | Uint8Array) => {
  const result = any.decode(text)
  return E.isLeft(result) ? draw(result.left) : 'accepted'
}
const prototype = Object.getOwnPropertyNames(Object.prototype).toSorted()

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(prototype)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

describe('Json.decode', () => {
  test.each([
    ['lists', '['],
    ['objects', '{"a":'],
    ['both', '[{"a":'],
  ])('refuses a million %s inside each other', (_, open) => {
    expect(refusal(open.repeat(1_000_000))).toContain('nested more than 1000 levels deep')
  })

  test('reads what is as deep as it allows, and goes through it without overflow', () => {
    const text = `${'['.repeat(1000)}${']'.repeat(1000)}`
    const value = any.decode(text)
    expect(E.map((u: unknown) => JSON.stringify(u))(value)).toEqual(E.right(text))
    expect(E.isRight(value) && any.encode(value.right)).toEqual(E.right(text))
    expect(E.isLeft(Json.of(Integer).decode(text))).toBe(true)
  })

  test('goes deeper when it is told to', () => {
    const text = `${'['.repeat(5000)}${']'.repeat(5000)}`
    expect(E.isRight(any.decode(text, { maxDepth: 5000 }))).toBe(true)
  })

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'keeps an own key %s as data',
    key => {
      const text = `{"${key}":{"polluted":1},"x":1}`
      for (const codec of [t.unknown, record('Any', {}), record('X', { x: Integer })]) {
        const value = Json.of(codec as t.Type<unknown>).decode(text)
        if (E.isLeft(value)) throw new Error(draw(value.left))
        expect(Object.keys(value.right as object)).toEqual([key, 'x'])
        expect(Object.getPrototypeOf(value.right)).toBe(Object.prototype)
      }
    },
  )

  test('refuses a number of a million digits in time that grows with its length', () => {
    expect(refusal('9'.repeat(1_000_000))).toBe(
      `1:1 not JSON: the number ${'9'.repeat(39)}… is beyond the range of a double`,
    )
    expect(refusal(`[1e${'9'.repeat(1_000_000)}]`)).toContain('is beyond the range of a double')
  })

  test.each([
    ['UTF-16LE', [0xff, 0xfe, 0x31, 0]],
    ['UTF-16BE', [0xfe, 0xff, 0, 0x31]],
    ['UTF-32LE', [0xff, 0xfe, 0, 0, 0x31, 0, 0, 0]],
  ])('refuses %s by its byte order mark', (_, input) => {
    expect(refusal(new Uint8Array(input))).toBe('1:1 not JSON: not UTF-8')
  })

  test('gives no U+FFFD for what it cannot read', () => {
    expect(refusal(new Uint8Array([0x22, 0xc0, 0xaf, 0x22]))).toBe('1:2 not JSON: not UTF-8')
    expect(any.decode('"\ufffd"')).toEqual(E.right('\ufffd'))
  })

  test('reads a string of a million backslashes and quotes', () => {
    const text = JSON.stringify('\\"'.repeat(500_000))
    expect(any.decode(text)).toEqual(E.right('\\"'.repeat(500_000)))
    expect(refusal(text.slice(0, -1))).toContain('the text ends inside a string')
  })

  test('tells of a bounded number of wrong fields', () => {
    const result = Json.of(t.array(Finite)).decode(`[${'"x",'.repeat(100_000)}1]`)
    expect(E.isLeft(result) && draw(result.left).length).toBeLessThan(100_000)
  })
})

describe.each([
  ['Ndjson', Ndjson, ''],
  ['EventStream', EventStream, 'data: '],
  ['Json', Json, '['],
  ['Csv', Csv, 'value\n"'],
] as const)('%s', (_, format, begin) => {
  test('takes a record of 100 MB without keeping it', () => {
    const reader = format.of(t.unknown).reader()
    const piece = new Uint8Array(1 << 20).fill(0x78)
    const items = [...reader.push(bytes(begin))]
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    for (let i = 0; i < 100; i++) {
      items.push(...reader.push(piece))
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    items.push(...reader.end())
    expect(items.map(item => item._tag)).toContain('Reject')
    for (const item of items) if (item._tag === 'Reject') expect(item.raw.length).toBeLessThanOrEqual(1024)
    expect(most).toBeLessThan(160 * 1024 * 1024) // 64 MiB twice: the buffer grows
  })
})

describe('Csv', () => {
  const Any = record('Any', {})

  test('takes a header of 200,000 columns, and one that repeats its last', () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `c${i}`)
    const row = names.map((_, i) => i).join(',')
    const [item] = decodeAll(Csv.of(Any))(bytes(`${names.join(',')}\n${row}\n`))
    expect(item).toMatchObject({ _tag: 'Record', value: { c0: 0, c199999: 199_999 } })
    const [twice] = decodeAll(Csv.of(Any))(bytes(`${names.join(',')},c0\n${row},1\n`))
    expect(twice?._tag === 'Reject' && draw(twice.error)).toBe(
      '1:1 not CSV: the column "c0" is there twice. Rename one',
    )
  })

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'keeps a column %s as data',
    key => {
      const [item] = decodeAll(Csv.of(Any))(bytes(`${key},x\n"{""polluted"":1}",1\n`))
      if (item?._tag !== 'Record') throw new Error('refused')
      expect(Object.keys(item.value)).toEqual([key, 'x'])
      expect(Object.getPrototypeOf(item.value)).toBe(Object.prototype)
    },
  )

  const read = (text: string) =>
    decodeAll(Csv.of(Any))(bytes(text)).map(item => (item._tag === 'Record' ? item.value : draw(item.error)))

  test('cuts no row and no header into more cells than a record may have values', () => {
    const commas = ','.repeat(2_000_000)
    expect(read(`a,b\n${commas}\n1,2\n`)).toEqual([
      '2:1000001 not CSV: more than 1000000 values in a record',
      { a: 1, b: 2 },
    ])
    expect(read(`${commas}\n`)).toEqual(['1:1000001 not CSV: more than 1000000 values in a record'])
  })

  test('rejects ragged rows, one by one', () => {
    expect(decodeAll(Csv.of(Any))(bytes('a,b\n1\n1,2\n1,2,3\n,\n')).map(item => item._tag)).toEqual([
      'Reject',
      'Record',
      'Reject',
      'Record',
    ])
  })

  test('reads cells of a million quotes, blanks and signs', () => {
    for (const text of ['"'.repeat(1_000_000), ' '.repeat(1_000_000), '-'.repeat(1_000_000)]) {
      const [item] = decodeAll(Csv.of(record('A', { a: t.string })))(
        bytes(`a\n"${text.replaceAll('"', '""')}"\n`),
      )
      expect(item?._tag === 'Record' && item.value.a === text).toBe(true)
    }
  })

  test('keeps numbers below zero numbers', () => {
    const [item] = decodeAll(Csv.of(record('N', { n: Finite })))(bytes('n\n-1.5\n'))
    expect(item).toMatchObject({ value: { n: -1.5 } })
  })
})
