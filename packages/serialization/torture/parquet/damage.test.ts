/** Every byte of a file damaged in several ways, and every length of a file that is cut. */
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { expect, test, vi } from 'vitest'
import * as E from '#fp-ts/Either'
import { Point, points } from '../../test/parquet/points.ts'

// a checksum would hide the later checks; files of other writers often have none
vi.mock('../../src/bytes/crc32.ts', () => ({ crc32: () => 0 }))

test.each([false, true])(
  'Parquet gives records and rejects whichever byte is damaged: compact %j',
  compact => {
    const written = encodeAll(Parquet.of(Point), { compact })(points)
    if (E.isLeft(written)) throw new Error(written.left.reason)
    const good = written.right.slice()
    for (let i = 0; i < good.length; i++) {
      for (const byte of [0, 1, 0x7f, 0x80, 0xff, (good[i] as number) ^ 1]) {
        const items = decodeAll(Parquet.of(Point))(good.with(i, byte))
        for (const { _tag } of items) expect(['Record', 'Reject']).toContain(_tag)
      }
      expect(decodeAll(Parquet.of(Point))(good.subarray(0, i))).toMatchObject([
        { _tag: 'Reject', isFinal: true },
      ])
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)
