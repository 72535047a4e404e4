import { constants, crc32, createInflateRaw } from 'node:zlib'
import { cutAt, type Damage, type Decompressor, otherDataAt } from './Decompressor.ts'
import { noMember, readHeader, readTrailer, startFrame } from './gzipFrame.ts'
import { nativeDecoder, type NativeDecoder } from './nativeDecoder.ts'

/**
 * Decompresses gzip (RFC 1952): any number of members, and the zeros that fill a tape. The decoder
 * of `node:zlib` loses the output of a chunk that ends in a wrong checksum or other data.
 */
export const gunzip = (): Decompressor => {
  let offset = 0
  let members = 0
  /** The offset of the member. */
  let start = 0
  let step: 'header' | 'body' | 'trailer' | 'zeros' = 'header'
  let frame = startFrame(readHeader())
  let body: NativeDecoder | undefined
  let sums = { crc: 0, size: 0 }

  /** Returns the number of bytes taken, or the damage. */
  const pushBody = async function* (decoder: NativeDecoder, chunk: Uint8Array) {
    const output = decoder.push(chunk)
    for (;;) {
      const next = await output.next()
      if (next.done !== true) {
        sums = { crc: crc32(next.value, sums.crc), size: (sums.size + next.value.length) >>> 0 }
        yield next.value
        continue
      }
      const { consumed, error } = next.value
      if (error !== undefined) return { reason: error, offset: offset + consumed, isInside: true }
      if (consumed < chunk.length) {
        decoder.close()
        step = 'trailer'
        frame = startFrame(readTrailer(sums))
      }
      return consumed
    }
  }

  const pushFrame = (chunk: Uint8Array): number | Damage => {
    for (const [at, byte] of chunk.entries()) {
      const end = frame(byte)
      if (end === undefined) continue
      if (end === noMember && members > 0) return otherDataAt(start)
      if (end !== '') return { reason: end, offset: offset + at, isInside: step === 'header' }
      if (step === 'header') {
        step = 'body'
        sums = { crc: 0, size: 0 }
        body = nativeDecoder(() => createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH }))
      } else {
        step = 'header'
        frame = startFrame(readHeader())
        members++
        start = offset + at + 1
      }
      return at + 1
    }
    return chunk.length
  }

  const pushZeros = (chunk: Uint8Array): number | Damage => {
    const other = chunk.findIndex(byte => byte !== 0)
    return other === -1 ? chunk.length : otherDataAt(offset + other)
  }

  const isBetween = (): boolean => members > 0 && step === 'header' && offset === start

  return {
    push: async function* (chunk) {
      for (let rest = chunk; rest.length > 0; ) {
        if (isBetween() && rest[0] === 0) step = 'zeros'
        const taken: number | Damage =
          step === 'body' && body !== undefined
            ? yield* pushBody(body, rest)
            : step === 'zeros'
              ? pushZeros(rest)
              : pushFrame(rest)
        if (typeof taken !== 'number') return taken
        offset += taken
        rest = rest.subarray(taken)
      }
      return undefined
    },
    end: async () =>
      step === 'zeros' || isBetween() ? undefined : { ...cutAt(offset), isInside: step !== 'trailer' },
    close: () => body?.close(),
  }
}
