import { nodeModule } from './nodeModule.ts'

/** Node's zlib, where there is one. */
export const zlib = nodeModule('node:zlib')

/**
 * The chunk size of zlib. The last chunk stays allocated with its handle until a full collection,
 * which may come only after many thousands of calls.
 */
export const chunkSize = 2048

/**
 * Compresses by Zstandard, which Node has since 22.15; `compact` takes more time for fewer bytes.
 */
export const zstd: ((bytes: Uint8Array, compact?: boolean) => Uint8Array) | undefined =
  zlib?.zstdCompressSync === undefined
    ? undefined
    : (bytes, compact = true) => {
        const options = {
          pledgedSrcSize: bytes.length, // otherwise zstd allocates far more
          chunkSize: Math.min(Math.max(chunkSize, bytes.length >> 1), largeChunk),
          params: { [zlib.constants.ZSTD_c_compressionLevel]: compact ? smallest : usual },
        }
        const compressor = zlib.createZstdCompress(options) as unknown as Compressor
        const packed = compressor._processChunk?.(bytes, zlib.constants.ZSTD_e_end)
        compressor._outBuffer = undefined
        return packed ?? zlib.zstdCompressSync(bytes, options)
      }

/**
 * A compressor, as `zstdCompressSync` makes and uses it. That function leaves its output allocated
 * with the native handle until a full garbage collection (observed in Node 24.21.0): for 1,000
 * pages, as many as a row group has, 16 MB.
 */
interface Compressor {
  readonly _processChunk?: (bytes: Uint8Array, end: number) => Uint8Array
  _outBuffer: unknown
}

/** A chunk for each part of a large input: each costs a call. */
export const largeChunk = 16 * 1024

/** Random identifiers take fewer bytes at level 1 than at 3, and half the time. */
const usual = 1
/** Saves a fortieth of Parquet's size; level 19 saves hardly more. */
const smallest = 9
