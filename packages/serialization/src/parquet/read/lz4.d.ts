/**
 * The package declares types for its entry alone, which loads Brotli's dictionary and a WASM
 * module.
 */
declare module 'hyparquet-compressors/src/lz4.js' {
  export const decompressLz4: (input: Uint8Array, outputLength: number) => Uint8Array
  export const decompressLz4Raw: (input: Uint8Array, outputLength: number) => Uint8Array
}
