import { zlib } from './zlib.ts'

const table = Int32Array.from({ length: 256 }, (_, n) => {
  let crc = n
  for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

/** CRC-32 by a table, for browsers. */
export const portableCrc32 = (bytes: Uint8Array): number => {
  let crc = -1
  // three times as fast as for … of
  for (let i = 0; i < bytes.length; i++)
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] as number)) & 0xff] as number)
  return ~crc >>> 0
}

/** The CRC-32 of gzip (RFC 1952, section 8), unsigned. */
export const crc32: (bytes: Uint8Array) => number = zlib?.crc32 ?? portableCrc32
