import { snappyUncompress } from 'hyparquet/src/snappy.js'
import * as E from '#fp-ts/Either'
import { crc32 } from '../bytes/crc32.ts'
import { zlib, zstd } from '../bytes/zlib.ts'

/** The codecs that are written. Every reader has "null" and "deflate"; "zstandard" is optional. */
export type Compression = 'null' | 'deflate' | 'zstandard'

/** Deflate, or Zstandard if `compact`; null where Node's zlib is missing. */
export const compressionFor = (compact: boolean): Compression =>
  zlib === undefined ? 'null' : compact && zstd !== undefined ? 'zstandard' : 'deflate'

export const compress = (bytes: Uint8Array, by: Compression): Uint8Array => {
  if (by === 'zstandard') return zstd?.(bytes) ?? bytes
  return by === 'deflate' && zlib !== undefined ? zlib.deflateRawSync(bytes) : bytes
}

/** Decompresses to at most `max` bytes. Truncated deflate gives the bytes that are there. */
export const decompress = (bytes: Uint8Array, by: string, max: number): E.Either<Undecodable, Uint8Array> => {
  if (by === 'null') return E.right(bytes)
  if (by === 'snappy') return unsnappy(bytes, max)
  const inflate =
    by === 'deflate' ? zlib?.inflateRawSync : by === 'zstandard' ? zlib?.zstdDecompressSync : undefined
  if (inflate === undefined)
    return E.left({
      reason: `blocks compressed with ${JSON.stringify(by)}, which is not supported here`,
      remedy: `Write the file again with ${zlib === undefined ? 'Snappy' : 'deflate'}`,
    })
  try {
    return E.right(
      inflate(bytes, {
        maxOutputLength: max,
        chunkSize: chunkSizeFor(bytes),
        ...(by === 'deflate' && { finishFlush: zlib?.constants.Z_SYNC_FLUSH }),
      }),
    )
  } catch (error) {
    return E.left(
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLong(max) : undecodable(error),
    )
  }
}

/** The reason that a block cannot be decompressed, and the remedy if there is one. */
interface Undecodable {
  readonly reason: string
  readonly remedy?: string
}

const tooLong = (max: number): Undecodable => ({ reason: `a block longer than ${max} bytes` })
const undecodable = (error: unknown): Undecodable => ({
  reason: `a block that does not decompress: ${(error as Error).message}`,
})

/**
 * zlib's chunk size. Records unpack to about eight times their size, and each chunk costs a call.
 */
const chunkSizeFor = ({ length }: Uint8Array): number => Math.min(Math.max(1024, 8 * length), 65_536)

/**
 * "Each compressed block is followed by the 4-byte, big-endian CRC32 checksum of the uncompressed
 * data."
 */
const unsnappy = (bytes: Uint8Array, max: number): E.Either<Undecodable, Uint8Array> => {
  const body = bytes.subarray(0, -4)
  let size = 0
  for (let i = 0; i < 5; i++) {
    const byte = body[i] ?? 0
    size += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) break
  }
  if (size > max) return E.left(tooLong(max))
  // an element of three bytes copies at most 64
  if (bytes.length < 5 || size > 22 * body.length) return E.left(undecodable(new Error('invalid length')))
  const output = new Uint8Array(size)
  try {
    snappyUncompress(body, output)
  } catch (error) {
    return E.left(undecodable(error))
  }
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4)
  return checksum === crc32(output) ? E.right(output) : E.left(undecodable(new Error('wrong checksum')))
}
