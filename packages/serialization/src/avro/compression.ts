import * as E from '#fp-ts/Either'

/** How the blocks of a file are compressed: "null" and "deflate" are required of every reader, "zstandard" is optional. */
export type Compression = 'null' | 'deflate' | 'zstandard'

/** Asked for at run time: a static import of `node:zlib` would keep this package from running in browsers. */
const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')

/** The best that can be had here: in few bytes, or else for everyone to read. Without Node's zlib blocks are as they are. */
export const compressionFor = (compact: boolean): Compression =>
  zlib === undefined ? 'null' : compact && zlib.zstdCompressSync !== undefined ? 'zstandard' : 'deflate'

export const compress = (bytes: Uint8Array, by: Compression): Uint8Array =>
  zlib === undefined || by === 'null'
    ? bytes
    : by === 'deflate'
      ? zlib.deflateRawSync(bytes)
      : zlib.zstdCompressSync(bytes)

/** At most `max` bytes; of deflated ones that end too early, what can be had. */
export const decompress = (bytes: Uint8Array, by: string, max: number): E.Either<string, Uint8Array> => {
  if (by === 'null') return E.right(bytes)
  const inflate =
    by === 'deflate' ? zlib?.inflateRawSync : by === 'zstandard' ? zlib?.zstdDecompressSync : undefined
  if (inflate === undefined)
    return E.left(`blocks compressed by ${JSON.stringify(by)}, which cannot be read here`)
  try {
    return E.right(
      inflate(bytes, {
        maxOutputLength: max,
        ...(by === 'deflate' && { finishFlush: zlib?.constants.Z_SYNC_FLUSH }),
      }),
    )
  } catch (error) {
    return E.left(
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? `a block longer than ${max} bytes`
        : `a block that does not decompress: ${(error as Error).message}`,
    )
  }
}
