import * as E from '#fp-ts/Either'
import { zlib, zstd } from '../bytes/zlib.ts'

/** How the blocks of a file are compressed: "null" and "deflate" are required of every reader, "zstandard" is optional. */
export type Compression = 'null' | 'deflate' | 'zstandard'

/** The best that can be had here: in few bytes, or else for everyone to read. Without Node's zlib blocks are as they are. */
export const compressionFor = (compact: boolean): Compression =>
  zlib === undefined ? 'null' : compact && zstd !== undefined ? 'zstandard' : 'deflate'

export const compress = (bytes: Uint8Array, by: Compression): Uint8Array => {
  if (by === 'zstandard') return zstd?.(bytes) ?? bytes
  return by === 'deflate' && zlib !== undefined ? zlib.deflateRawSync(bytes) : bytes
}

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
        chunkSize: roomFor(bytes),
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

/** How many bytes zlib makes room for at once: records unfold to about eight times as many, and each room costs a call. */
const roomFor = ({ length }: Uint8Array): number => Math.min(Math.max(1024, 8 * length), 65_536)
