/**
 * CRC-64-AVRO in little-endian order (Avro 1.11, Schema Fingerprints). Single objects begin with
 * it.
 */
export const fingerprint = (text: string): Uint8Array => {
  let crc = empty
  for (const byte of new TextEncoder().encode(text)) crc = (crc >> 8n) ^ entry(Number(crc & 0xffn) ^ byte)
  return Uint8Array.from({ length: 8 }, (_, i) => Number((crc >> BigInt(8 * i)) & 0xffn))
}

const empty = 0xc15d213aa4d7a795n

const entry = (byte: number): bigint => {
  let crc = BigInt(byte)
  for (let i = 0; i < 8; i++) crc = (crc >> 1n) ^ (crc & 1n ? empty : 0n)
  return crc
}
