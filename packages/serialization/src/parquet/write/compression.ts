import { snappyCompress } from 'hyparquet-writer/src/snappy.js'
import { zstd } from '../../bytes/zlib.ts'

/** Compression of pages. */
export interface Compression {
  readonly codec: 'ZSTD' | 'SNAPPY'
  readonly compress: (bytes: Uint8Array) => Uint8Array
}

/** Zstandard, more slowly into fewer bytes if `compact`; Snappy where Node has no Zstandard. */
export const compressionFor = (compact: boolean): Compression => {
  const pack = zstd
  return pack === undefined
    ? { codec: 'SNAPPY', compress: snappyCompress }
    : { codec: 'ZSTD', compress: bytes => pack(bytes, compact) }
}
