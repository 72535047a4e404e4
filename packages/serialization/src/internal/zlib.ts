/** Node's, asked for at run time: a static import of `node:zlib` would keep this package from running in browsers. */
export const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')

/** Compresses by Zstandard, which Node has since 22.15. */
export const zstd: ((bytes: Uint8Array) => Uint8Array) | undefined =
  zlib?.zstdCompressSync &&
  (bytes => zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: level } }))

/** It is chosen for its few bytes: this takes a fortieth more away from Parquet than the usual 3 does, and 19 hardly more. */
const level = 9
