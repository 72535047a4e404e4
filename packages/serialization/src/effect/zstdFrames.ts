/**
 * Splits chunked zstd data at the ends of its frames. RFC 8878 §3: "Zstandard compressed data is
 * made up of one or more frames. Each frame is independent and can be decompressed independently of
 * other frames." Node decodes only the first frame of its input. Nothing is given from the first
 * byte on that begins no frame.
 */
export const zstdFrames = (): ZstdFrames => {
  let head: Array<number> = []
  let wanted = magicBytes
  let skipped = 0
  let step: Step = begin
  let offset = 0
  let other: number | undefined

  const split = (piece: Uint8Array): ReadonlyArray<Uint8Array> => {
    const parts: Array<Uint8Array> = []
    let from = 0
    for (let at = 0; at < piece.length && other === undefined; ) {
      if (skipped > 0) {
        const passed = Math.min(skipped, piece.length - at)
        skipped -= passed
        at += passed
      } else if (wanted > 0) {
        head.push(piece[at++] as number)
        wanted--
      }
      while (skipped === 0 && wanted === 0) {
        const magic = step === begin ? head : undefined
        const next = step(head)
        head = []
        step = next.step
        wanted = next.wanted ?? 0
        skipped = next.skipped ?? 0
        if (step === unknown) {
          other = offset + at - magicBytes
          break
        }
        if (magic !== undefined && at < magicBytes) {
          parts.push(Uint8Array.from(magic))
          from = at
        }
        if (step !== begin) continue
        if (at > from) parts.push(piece.subarray(from, at))
        from = at
      }
    }
    offset += piece.length
    // a beginning of magic bytes may be other data
    const end = piece.length - (step === begin ? head.length : 0)
    return from < end && other === undefined ? [...parts, piece.subarray(from, end)] : parts
  }
  return { split, otherData: () => other, isInside: () => step !== begin || head.length > 0 }
}

export interface ZstdFrames {
  readonly split: (piece: Uint8Array) => ReadonlyArray<Uint8Array>
  /** The offset of data that is no frame. */
  readonly otherData: () => number | undefined
  /** True if the data so far ends inside a frame: some runtimes do not report that it is cut. */
  readonly isInside: () => boolean
}

/** The next step, once enough bytes have come after those that it skips. */
interface Next {
  readonly step: Step
  readonly skipped?: number
  readonly wanted?: number
}
type Step = (head: ReadonlyArray<number>) => Next

const magicBytes = 4

const begin: Step = ([a = 0, b = 0, c = 0, d = 0]) => {
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return { step: descriptor, wanted: 1 }
  return (a & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18
    ? { step: skippable, wanted: 4 }
    : { step: unknown }
}

const unknown: Step = () => ({ step: unknown })
const end: Step = () => ({ step: begin, wanted: magicBytes })

/** "Frame_Size: This is the size, in bytes, of the following User_Data" */
const skippable: Step = ([a = 0, b = 0, c = 0, d = 0]) => ({
  step: end,
  skipped: a + b * 2 ** 8 + c * 2 ** 16 + d * 2 ** 24,
})

/** §3.1.1.1: the length of the rest of the header, and the presence of a checksum. */
const descriptor: Step = ([flags = 0]) => {
  const isSingle = (flags & 0x20) !== 0
  const window = isSingle ? 0 : 1
  const dictionary = [0, 1, 2, 4][flags & 3] as number
  const size = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] as number
  return {
    step: () => ({ step: block((flags & 4) === 0 ? 0 : 4), wanted: 3 }),
    skipped: window + dictionary + size,
  }
}

/** §3.1.1.2: a block repeats one byte (type 1), or contains the stated number of bytes. */
const block =
  (checksum: number): Step =>
  ([a = 0, b = 0, c = 0]) => {
    const size = (a & 6) >> 1 === 1 ? 1 : (a >> 3) + b * 2 ** 5 + c * 2 ** 13
    return (a & 1) === 1
      ? { step: end, skipped: size + checksum }
      : { step: () => ({ step: block(checksum), wanted: 3 }), skipped: size }
  }
