import * as fc from 'fast-check'
import { ByteWriter } from 'hyparquet-writer'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import { expect, test } from 'vitest'
import { readRuns } from '../../../src/parquet/read/readRuns.ts'

const runsOf = (bytes: Uint8Array) => ({
  view: new DataView(bytes.slice().buffer),
  offset: 0,
})

/** Values of a number of bits, in runs as levels have them. */
const values = fc
  .integer({ min: 1, max: 24 })
  .chain(width =>
    fc.record({
      width: fc.constant(width),
      runs: fc.array(
        fc.record({
          value: fc.integer({ min: 0, max: 2 ** width - 1 }),
          length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })),
        }),
        { minLength: 1, maxLength: 40 },
      ),
    }),
  )
  .map(({ width, runs }) => ({
    width,
    all: runs.flatMap(({ value, length }) => Array.from({ length }, () => value)),
  }))

test('readRuns(write(values)) = values, of every width', () => {
  fc.assert(
    fc.property(values, ({ width, all }) => {
      const out = new ByteWriter()
      writeRleBitPackedHybrid(out, all, width)
      expect([...readRuns(runsOf(out.getBytes()), width, all.length)]).toEqual(all)
    }),
  )
})

test('bytes that pad the last run may be missing, and numbers without bits are 0', () => {
  // one run of eight numbers of two bits, of which one byte is there
  expect([...readRuns(runsOf(Uint8Array.of(3, 0b11_10_01_00)), 2, 4)]).toEqual([0, 1, 2, 3])
  expect([...readRuns(runsOf(new Uint8Array(0)), 0, 3)]).toEqual([0, 0, 0])
})

test.each([
  ['a run that is too long', Uint8Array.of(20, 1), 1, 'a run of 10 values where 4 are left'],
  ['packed values that are too many', Uint8Array.of(0xff, 0x7f), 1, 'a run of 65528 values where 4 are left'],
  ['bytes that end', new Uint8Array(0), 1, 'Offset is outside the bounds of the DataView'],
  ['numbers that are too wide', Uint8Array.of(8, 1), 25, 'numbers of 25 bits, which are not supported'],
])('%s', (_, bytes, width, message) => {
  expect(() => readRuns(runsOf(bytes), width, 4)).toThrow(message)
})
