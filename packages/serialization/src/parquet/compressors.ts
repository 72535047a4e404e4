import { brotliDecompressSync, gunzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Compressors } from 'hyparquet'

/** How pages are decompressed, to at most `max` bytes whatever they claim; Snappy is hyparquet's own. */
export const decompressors = (max: number): Compressors => {
  const limits = { maxOutputLength: max }
  return {
    GZIP: input => gunzipSync(input, limits),
    BROTLI: input => brotliDecompressSync(input, limits),
    ...(zstdDecompressSync === undefined ? {} : { ZSTD: input => zstdDecompressSync(input, limits) }),
  }
}

/** In few bytes where this Node can, or else as everyone reads it. */
export const compressionFor = (compact: boolean): 'ZSTD' | 'SNAPPY' =>
  compact && zstdCompressSync !== undefined ? 'ZSTD' : 'SNAPPY'

export const compressors = { ZSTD: (input: Uint8Array) => zstdCompressSync(input) }
