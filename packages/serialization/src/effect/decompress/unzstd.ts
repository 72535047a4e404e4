import * as zlib from 'node:zlib'
import { zstdFrames } from '../zstdFrames.ts'
import { cutAt, type Decompressor, otherDataAt } from './Decompressor.ts'
import { nativeDecoder } from './nativeDecoder.ts'

/**
 * Decompresses Zstandard (RFC 8878): any number of frames. Undefined if the runtime cannot, as Node
 * before 22.15.
 */
export const unzstd = (): Decompressor | undefined => {
  if (typeof zlib.createZstdDecompress !== 'function') return undefined
  const decoder = nativeDecoder(() =>
    zlib.createZstdDecompress({ finishFlush: zlib.constants.ZSTD_e_continue }),
  )
  const frames = zstdFrames()
  let offset = 0
  let total = 0
  return {
    push: async function* (chunk) {
      total += chunk.length
      for (const part of frames.split(chunk)) {
        const { consumed, error } = yield* decoder.push(part)
        if (error !== undefined) return { reason: error, offset: offset + consumed, isInside: true }
        offset += part.length
      }
      const other = frames.otherData()
      return other === undefined ? undefined : otherDataAt(other)
    },
    end: async () => (total > 0 && !frames.isInside() ? undefined : cutAt(total)),
    close: decoder.close,
  }
}
