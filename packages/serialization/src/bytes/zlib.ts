/** Node's, asked for at run time: a static import of `node:zlib` would keep this package from running in browsers. */
export const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')

/**
 * How many bytes zlib makes room for at once. The last such room stays, with the handle that it is of, until the collector has looked
 * at everything, which it may do after many thousands of calls.
 */
export const chunkSize = 2048

/** Compresses by Zstandard, which Node has since 22.15: as it usually does, or in more time and fewer bytes. */
export const zstd: ((bytes: Uint8Array, compact?: boolean) => Uint8Array) | undefined =
  zlib?.zstdCompressSync &&
  ((bytes, compact = true) =>
    zlib.zstdCompressSync(bytes, {
      pledgedSrcSize: bytes.length, // else it makes room for very much more
      chunkSize,
      params: { [zlib.constants.ZSTD_c_compressionLevel]: compact ? smallest : usual },
    }))

const usual = 3
/** It takes a fortieth away from Parquet, and 19 hardly more. */
const smallest = 9
