/**
 * Reads the bytes around the data of a gzip member, one by one. Returns the empty text once it is
 * complete, or what is wrong with it.
 */
type Frame = Generator<void, string, number>

export const noMember = 'no gzip member'

/** RFC 1952 §2.3: magic bytes, method, flags, time, and the optional fields by their flags. */
export function* readHeader(): Frame {
  for (const magic of [0x1f, 0x8b]) if ((yield) !== magic) return noMember
  if ((yield) !== 8) return 'an unknown compression method'
  const flags = yield
  if ((flags & 0xe0) !== 0) return 'a header with reserved flags'
  for (let i = 0; i < 6; i++) yield
  if ((flags & 4) !== 0) for (let extra = (yield) + 2 ** 8 * (yield); extra > 0; extra--) yield
  for (const zeroEnded of [8, 16]) if ((flags & zeroEnded) !== 0) while ((yield) !== 0);
  if ((flags & 2) !== 0) for (let i = 0; i < 2; i++) yield
  return ''
}

/** The checksum and the length of a member's output. */
export interface Sums {
  readonly crc: number
  readonly size: number
}

/** RFC 1952 §2.3.1: the checksum, and the length modulo 2^32. */
export function* readTrailer({ crc, size }: Sums): Frame {
  if ((yield* readUint32()) !== crc) return 'the checksum differs'
  return (yield* readUint32()) === size ? '' : 'the length differs'
}

function* readUint32(): Generator<void, number, number> {
  let value = 0
  for (const weight of [1, 2 ** 8, 2 ** 16, 2 ** 24]) value += weight * (yield)
  return value
}

/** Starts a frame. The answer to a byte is undefined as long as more are needed. */
export const startFrame = (frame: Frame): ((byte: number) => string | undefined) => {
  frame.next()
  return byte => {
    const next = frame.next(byte)
    return next.done === true ? next.value : undefined
  }
}
