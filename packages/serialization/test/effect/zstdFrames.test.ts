import { constants, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { zstdFrames } from '../../src/effect/zstdFrames.ts'

test('zstdFrames knows that data ends inside a frame, whatever a decoder says', () => {
  const params = { [constants.ZSTD_c_checksumFlag]: 1 }
  const frames = [zstdCompressSync('a line\n'), zstdCompressSync(Buffer.alloc(300_000), { params })]
  const all = Buffer.concat(frames)
  const ends = new Set([0, (frames[0] as Buffer).length, all.length])
  for (let at = 0; at <= all.length; at++) {
    const { split, isInside } = zstdFrames()
    split(all.subarray(0, at))
    expect([at, isInside()]).toEqual([at, !ends.has(at)])
  }
})
