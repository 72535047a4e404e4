import { constants, createBrotliDecompress } from 'node:zlib'
import { cutAt, type Damage, type Decompressor, otherDataAt } from './Decompressor.ts'
import { nativeDecoder } from './nativeDecoder.ts'

/**
 * Decompresses brotli (RFC 7932), which has no checksum and nothing after its end. Whether it is
 * cut shows by one more byte: only a decoder that is not at the end takes it.
 */
export const unbrotli = (): Decompressor => {
  const decoder = nativeDecoder(() =>
    createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  )
  let offset = 0
  return {
    push: async function* (chunk): AsyncGenerator<Uint8Array, Damage | undefined> {
      const { consumed, error } = yield* decoder.push(chunk)
      if (error !== undefined) return { reason: error, offset: offset + consumed, isInside: true }
      offset += consumed
      return consumed < chunk.length ? otherDataAt(offset) : undefined
    },
    end: async () => {
      if (offset === 0) return cutAt(0)
      // its output would be none of the input's
      const probe = decoder.push(Uint8Array.of(0))
      for (;;) {
        const next = await probe.next()
        if (next.done !== true) continue
        const isWhole = next.value.error === undefined && next.value.consumed === 0
        return isWhole ? undefined : cutAt(offset)
      }
    },
    close: decoder.close,
  }
}
