import type { Compressors } from 'hyparquet'
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors/src/lz4.js'
import { snappyUncompress } from 'hyparquet/src/snappy.js'
import { copyOf } from '../../bytes/utf8.ts'
import { largeChunk, zlib } from '../../bytes/zlib.ts'

/** Decompressors of pages, to at most `max` bytes whatever the pages claim. */
export const decompressors = (max: number): Compressors => {
  const native = zlib
  const limits = (length: number) => ({
    maxOutputLength: max,
    // one byte more than the page has shows zlib its end
    chunkSize: Math.min(Math.max(length + 1, smallestChunk), largeChunk),
  })
  return {
    SNAPPY: (input, length) => {
      const output = new Uint8Array(limited(length, max))
      snappyUncompress(input, output)
      return output
    },
    LZ4_RAW: (input, length) => decompressLz4Raw(input, limited(length, max)),
    LZ4: (input, length) => decompressLz4(input, limited(length, max)),
    ...(native && {
      GZIP: (input, length) => ownMemory(native.gunzipSync(input, limits(length))),
      BROTLI: (input, length) => ownMemory(native.brotliDecompressSync(input, limits(length))),
    }),
    // Node has it since 22.15
    ...(native?.zstdDecompressSync && {
      ZSTD: (input, length) => ownMemory(native.zstdDecompressSync(input, limits(length))),
    }),
  }
}

/** zlib's smallest chunk. */
const smallestChunk = 64

const limited = (length: number, max: number): number => {
  if (length > max) throw new Error(`a page longer than ${max} bytes`)
  return length
}

/**
 * Copies bytes out of the larger buffer that Node's zlib puts them in. hyparquet reads a text to
 * the end of the buffer if a false length says so, which would show what else was decompressed.
 */
const ownMemory = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : copyOf(bytes)
