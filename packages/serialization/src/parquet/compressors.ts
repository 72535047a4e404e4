import * as zlib from 'node:zlib'
import type { Compressors } from 'hyparquet'

/** How pages are decompressed, to at most `max` bytes whatever they claim; Snappy is hyparquet's own. */
export const decompressors = (max: number): Compressors => {
  const limits = { maxOutputLength: max }
  return {
    GZIP: input => zlib.gunzipSync(input, limits),
    BROTLI: input => zlib.brotliDecompressSync(input, limits),
    // Node has it since 22.15: imported by name, its absence would keep the whole module from loading
    ...(zlib.zstdDecompressSync === undefined
      ? {}
      : { ZSTD: input => zlib.zstdDecompressSync(input, limits) }),
  }
}

/** In few bytes where this Node can, or else as everyone reads it. */
export const compressionFor = (compact: boolean): 'ZSTD' | 'SNAPPY' =>
  compact && zlib.zstdCompressSync !== undefined ? 'ZSTD' : 'SNAPPY'

export const compressors = { ZSTD: (input: Uint8Array) => zlib.zstdCompressSync(input) }
