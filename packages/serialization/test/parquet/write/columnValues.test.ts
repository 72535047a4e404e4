import { ByteWriter } from 'hyparquet-writer'
import { expect, test } from 'vitest'
import { columnStatistics } from '../../../src/parquet/write/columnStatistics.ts'
import { type ColumnValues, columnValues } from '../../../src/parquet/write/columnValues.ts'

/** The encoding of a page of these values, and its bytes. */
const page = (
  values: ColumnValues,
  all: ReadonlyArray<unknown>,
): readonly [string, ReadonlyArray<number>] => {
  for (const value of all) values.push(value)
  const { encoding, write } = values.endPage()
  const out = new ByteWriter()
  write(out)
  return [encoding, [...out.getBytes()]]
}

const many = <A>(size: number, of: (i: number) => A): ReadonlyArray<A> =>
  Array.from({ length: size }, (_, i) => of(i))

test('values that come again have numbers, and those that do not are written one behind the other', () => {
  const values = columnValues('string')
  const [encoding] = page(
    values,
    many(100, i => `value ${i % 3}`),
  )
  expect(encoding).toBe('RLE_DICTIONARY')
  expect(values.dictionary.size).toBe(3)
  values.clear()
  expect(page(values, ['a', 'b'])).toEqual(['PLAIN', [1, 0, 0, 0, 97, 1, 0, 0, 0, 98]])
})

test('a column whose values stop coming again goes on without numbers; its first pages keep theirs', () => {
  const values = columnValues('string')
  expect(
    page(
      values,
      many(200, i => `value ${i % 3}`),
    )[0],
  ).toBe('RLE_DICTIONARY')
  expect(
    page(
      values,
      many(5000, i => `value ${i}`),
    )[0],
  ).toBe('PLAIN')
  expect(
    page(
      values,
      many(200, i => `value ${i % 3}`),
    )[0],
  ).toBe('PLAIN')
  expect(values.dictionary.size).toBeGreaterThanOrEqual(3)
  expect([0, 1, 2].map(n => new TextDecoder().decode(values.dictionary.valueOf(n).subarray(4)))).toEqual([
    'value 0',
    'value 1',
    'value 2',
  ])
})

test('a page without values needs no dictionary, and leaves it to the next', () => {
  const values = columnValues('string')
  expect(page(values, [])).toEqual(['PLAIN', []])
  const repeated = many(100, i => `value ${i % 3}`)
  expect(page(values, repeated)[0]).toBe('RLE_DICTIONARY')
  expect(page(values, [])).toEqual(['PLAIN', []])
  expect(page(values, repeated)[0]).toBe('RLE_DICTIONARY')
  expect(values.dictionary.size).toBe(3)
})

test('a dictionary takes no more memory than it may, however often its values come', () => {
  const values = columnValues('string')
  expect(
    page(
      values,
      many(400, i => `${i % 100}`.padEnd(1000, '.')),
    )[0],
  ).toBe('PLAIN')
  expect(values.dictionary.byteLength).toBe(0)
})

test('0 and -0 are two values', () => {
  const values = columnValues('double')
  expect(
    page(
      values,
      many(100, i => (i % 2 === 0 ? 0 : -0)),
    )[0],
  ).toBe('RLE_DICTIONARY')
  expect([...values.dictionary.bytes]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80])
  values.push(-0)
  values.push(0)
  expect(columnStatistics(values.endPage().bounds)).toEqual({ min_value: -0, max_value: 0 })
})

test.each([0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32) - 1, 2 ** 53 - 1, 1 - 2 ** 53])(
  'an integer is eight bytes, the lowest first: %d',
  n => {
    const [, bytes] = page(columnValues('long'), [n])
    expect(new DataView(Uint8Array.from(bytes).buffer).getBigInt64(0, true)).toBe(BigInt(n))
  },
)

test('booleans are bits, the lowest first', () => {
  expect(
    page(
      columnValues('boolean'),
      many(20, () => true),
    ),
  ).toEqual(['PLAIN', [0xff, 0xff, 0x0f]])
  expect(page(columnValues('boolean'), [false, true, false])).toEqual(['PLAIN', [0b010]])
  expect(page(columnValues('boolean'), [])).toEqual(['PLAIN', []])
})

test('bounds of texts are those of their bytes: what takes two surrogates stands above all else', () => {
  const values = columnValues('string')
  const boundsOf = (all: ReadonlyArray<string>) => {
    for (const text of all) values.push(text)
    return columnStatistics(values.endPage().bounds)
  }
  expect(boundsOf(['b', '\uffff', '😀', 'ab', 'a'])).toEqual({ min_value: 'a', max_value: '😀' })
  expect(boundsOf(many(100, i => `${i % 3}`))).toEqual({ min_value: '0', max_value: '2' })
  expect(boundsOf([])).toEqual({ min_value: undefined, max_value: undefined })
})

test('bounds of a page are those of its own values, though it shares its dictionary', () => {
  const values = columnValues('string')
  const boundsOf = (all: ReadonlyArray<string>) => {
    for (const text of all) values.push(text)
    const { encoding, bounds } = values.endPage()
    return [encoding, bounds.min, bounds.max]
  }
  const pages = ['ab', 'bc', 'a'].map(letters => many(200, i => letters[i % letters.length] as string))
  expect(pages.map(boundsOf)).toEqual([
    ['RLE_DICTIONARY', 'a', 'b'],
    ['RLE_DICTIONARY', 'b', 'c'],
    ['RLE_DICTIONARY', 'a', 'a'],
  ])
  const late = [...many(200, () => 'z'), ...many(5000, i => `value ${i}`)]
  expect(boundsOf(late)).toEqual(['PLAIN', 'value 0', 'z'])
})

test('a text of more than 65,536 characters is written wherever the buffer ends', () => {
  const long = 'x'.repeat(70_000)
  for (const rest of [0, 1, 2, 3, 4]) {
    const values = columnValues('string')
    const first = 'y'.repeat(4096 - 4 - rest) // the buffer begins with 4,096 bytes
    const [encoding, bytes] = page(values, [first, long])
    expect([encoding, bytes.length]).toEqual(['PLAIN', 4 + first.length + 4 + long.length])
  }
})
