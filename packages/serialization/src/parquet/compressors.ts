import type { Compressors } from 'hyparquet'
import { snappyUncompress } from 'hyparquet/src/snappy.js'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'
import { copyOf } from '../bytes/utf8.ts'
import { chunkSize, zlib, zstd } from '../bytes/zlib.ts'

/** How pages are decompressed, to at most `max` bytes whatever they claim. */
export const decompressors = (max: number): Compressors => {
  const limits = { maxOutputLength: max, chunkSize }
  return {
    SNAPPY: (input, length) => {
      const output = new Uint8Array(length)
      snappyUncompress(input, output)
      return output
    },
    ...(zlib && {
      GZIP: input => ownMemory(zlib.gunzipSync(input, limits)),
      BROTLI: input => ownMemory(zlib.brotliDecompressSync(input, limits)),
    }),
    // Node has it since 22.15
    ...(zlib?.zstdDecompressSync && {
      ZSTD: input => ownMemory(zlib.zstdDecompressSync(input, limits)),
    }),
  }
}

/**
 * The same bytes with no others behind them in memory: Node's zlib gives parts of larger buffers, and hyparquet takes a text as long
 * as the page says, to the end of the buffer. A false length would show what else the process has decompressed.
 */
const ownMemory = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : copyOf(bytes)

/** How pages are compressed. */
export interface Compression {
  readonly codec: 'ZSTD' | 'SNAPPY'
  readonly compress: (bytes: Uint8Array) => Uint8Array
}

/** By Zstandard, in fewer bytes yet when `compact`; by Snappy where Node has none. */
export const compressionFor = (compact: boolean): Compression => {
  const pack = zstd
  return pack === undefined
    ? { codec: 'SNAPPY', compress: snappyCompress }
    : { codec: 'ZSTD', compress: bytes => pack(bytes, compact) }
}
