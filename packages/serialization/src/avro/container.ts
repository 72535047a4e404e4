import { maxRaw, type ReaderOptions } from '../Format.ts'
import { gatherer } from '../internal/gatherer.ts'
import { textOf } from '../internal/utf8.ts'
import { bytes, cursor, early, fail, long } from './cursor.ts'

/** One part of an object container file (Avro 1.11, Object Container Files). */
export type Part = Header | Block | Broken

export interface Header {
  readonly _tag: 'Header'
  readonly metadata: ReadonlyMap<string, string>
}

export interface Block {
  readonly _tag: 'Block'
  readonly offset: number
  /** How many records it says that it has. */
  readonly count: number
  readonly bytes: Uint8Array
}

/** There is no way on from here. */
export interface Broken {
  readonly _tag: 'Broken'
  readonly offset: number
  readonly raw: Uint8Array
  readonly reason: string
  /** Where it is wrong, from `offset`. */
  readonly at: number
}

/** "Four bytes, ASCII 'O', 'b', 'j', followed by 1." */
export const magic = [0x4f, 0x62, 0x6a, 0x01]
export const markerSize = 16

/** Cuts the bytes of a file, which come in pieces of any size, into its header and its blocks. Nothing is allocated for what a length claims. */
export const container = ({ maxRecordBytes }: Required<ReaderOptions>) => {
  const pending = gatherer()
  const metadata = new Map<string, string>()
  let marker = new Uint8Array(0)
  let read: () => Part | 'more' | 'next'
  let done = false

  /** Reads as far as it is whole: what `step` read is taken only then. */
  const whole = <A>(step: (c: ReturnType<typeof cursor>) => A): A | Broken | 'more' => {
    const c = cursor(pending.bytes, maxRecordBytes)
    const found = step(c)
    if (c.flaw !== undefined) return c.flaw.reason === early ? 'more' : broken(c.flaw.reason, c.flaw.at)
    pending.take(c.at)
    return found
  }

  const broken = (reason: string, at: number): Broken => {
    done = true
    const { offset } = pending
    return {
      _tag: 'Broken',
      offset,
      reason,
      at,
      raw: pending.take(Math.min(at + 1, pending.bytes.length, maxRaw)),
    }
  }

  const readMagic = (): Broken | 'more' | 'next' => {
    const wrong = magic.findIndex((b, i) => i < pending.bytes.length && pending.bytes[i] !== b)
    if (wrong !== -1) return broken('no Avro file: it does not begin with "Obj" and 1', wrong)
    if (pending.bytes.length < magic.length) return 'more'
    pending.take(magic.length)
    read = readCount
    return 'next'
  }

  const readCount = (): Broken | 'more' | 'next' => {
    const count = whole(c => {
      const n = long(c)
      if (n < 0) long(c)
      return Math.abs(n)
    })
    if (typeof count !== 'number') return count
    read = count === 0 ? readMarker : readEntry(count)
    return 'next'
  }

  const readEntry = (left: number) => (): Broken | 'more' | 'next' => {
    const entry = whole(c => [bytes(c), bytes(c)] as const)
    if (entry === 'more' || '_tag' in entry) return entry
    const [key, text] = entry.map(textOf)
    if (key !== undefined && text !== undefined) metadata.set(key, text)
    read = left === 1 ? readCount : readEntry(left - 1)
    return pending.offset > maxRecordBytes
      ? broken(`a header longer than ${maxRecordBytes} bytes`, 0)
      : 'next'
  }

  const readMarker = (): Header | 'more' => {
    if (pending.bytes.length < markerSize) return 'more'
    marker = pending.take(markerSize) as typeof marker
    read = readBlock
    return { _tag: 'Header', metadata }
  }

  const readBlock = (): Part | 'more' => {
    const { offset } = pending
    return whole((c): Block => {
      const count = long(c)
      if (count < 0) fail(c, 'a block of less than no records', 0)
      const found = bytes(c)
      const end = c.at
      if (c.flaw === undefined && c.bytes.length - end < markerSize) fail(c, early)
      const wrong = marker.findIndex((b, i) => c.bytes[end + i] !== b)
      if (c.flaw === undefined && wrong !== -1)
        fail(c, 'a block that does not end with the marker of its file', end + wrong)
      if (c.flaw === undefined) c.at = end + markerSize
      return { _tag: 'Block', offset, count, bytes: found }
    })
  }

  read = readMagic

  function* parts(): Generator<Part> {
    for (let part = read(); part !== 'more'; part = read()) {
      if (part !== 'next') yield part
      if (done) return
    }
  }

  return {
    push: (piece: Uint8Array): Iterable<Part> => {
      if (done) return []
      pending.add(piece)
      return parts()
    },
    /** A file ends after its header, or after any block. */
    end: (): Iterable<Part> =>
      done || (read === readBlock && pending.bytes.length === 0) ? [] : [broken(early, pending.bytes.length)],
  }
}
