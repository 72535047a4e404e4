import { maxRawBytes, type ReaderOptions } from '../Format.ts'
import { byteQueue } from '../bytes/ByteQueue.ts'
import { textOf } from '../bytes/utf8.ts'
import { bytes, cursor, unexpectedEnd, long } from './Cursor.ts'

/** One part of an object container file (Avro 1.11, Object Container Files). */
export type ContainerPart = Header | Block | BrokenPart

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
  /** What is wrong with the marker behind it, `at` from `offset`: its records can be read all the same. */
  readonly damage?: Damage
}

export interface Damage {
  readonly reason: string
  readonly at: number
  /** The marker, as far as it is there. */
  readonly raw: Uint8Array
}

/** Bytes that are no part of such a file. */
export interface BrokenPart {
  readonly _tag: 'Broken'
  readonly offset: number
  readonly raw: Uint8Array
  readonly reason: string
  /** Where it is wrong, from `offset`. */
  readonly at: number
  /** How many records they say that they have. */
  readonly records: number
  /** There is no way on from here; otherwise the next part comes after the next marker. */
  readonly isFinal: boolean
}

/** "Four bytes, ASCII 'O', 'b', 'j', followed by 1." */
export const magic = [0x4f, 0x62, 0x6a, 0x01]
export const markerSize = 16

/**
 * Cuts the bytes of a file, which come in pieces of any size, into its header and its blocks. Nothing is allocated for what a
 * length claims. "The sync marker … permits detection of corrupt blocks": one that does not end where it says is broken, and what
 * follows the next marker is read. A marker of which half is right is one that is damaged: its block ended where it says, and so
 * did one that the file ends in.
 */
export const container = ({ maxRecordBytes }: Required<ReaderOptions>) => {
  const pending = byteQueue()
  const metadata = new Map<string, string>()
  let marker = new Uint8Array(0)
  let read: () => ContainerPart | 'more' | 'next'
  let done = false
  let ended = false

  /** Reads as far as it is whole: what `step` read is taken only then. */
  const whole = <A>(step: (c: ReturnType<typeof cursor>) => A): A | BrokenPart | 'more' => {
    const c = cursor(pending.bytes, maxRecordBytes)
    const found = step(c)
    if (c.error !== undefined)
      return c.error.reason === unexpectedEnd ? 'more' : broken(c.error.reason, c.error.at)
    pending.take(c.at)
    return found
  }

  const brokenAt = (reason: string, at: number, records: number, isFinal: boolean): BrokenPart => {
    const { offset, bytes } = pending
    return {
      _tag: 'Broken',
      offset,
      reason,
      at,
      raw: bytes.slice(0, Math.max(1, Math.min(at, maxRawBytes))), // what is there wherever the input was cut
      records: Math.max(1, plausible(records)),
      isFinal,
    }
  }

  /** No record takes less than a byte. */
  const plausible = (count: number): number => Math.min(count, maxRecordBytes)

  const broken = (reason: string, at: number): BrokenPart => {
    done = true
    return brokenAt(reason, at, 1, true)
  }

  const readMagic = (): BrokenPart | 'more' | 'next' => {
    const wrong = magic.findIndex((b, i) => i < pending.bytes.length && pending.bytes[i] !== b)
    if (wrong !== -1) return broken('no Avro file: it does not begin with "Obj" and 1', wrong)
    if (pending.bytes.length < magic.length) return 'more'
    pending.take(magic.length)
    read = readCount
    return 'next'
  }

  const readCount = (): BrokenPart | 'more' | 'next' => {
    const count = whole(c => {
      const n = long(c)
      if (n < 0) long(c)
      return Math.abs(n)
    })
    if (typeof count !== 'number') return count
    read = count === 0 ? readMarker : readEntry(count)
    return 'next'
  }

  const readEntry = (left: number) => (): BrokenPart | 'more' | 'next' => {
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

  const readBlock = (): ContainerPart | 'more' | 'next' => {
    const { offset, bytes: all } = pending
    const c = cursor(all)
    const count = long(c)
    const size = long(c)
    const begin = c.at
    const end = begin + size
    if (c.error?.reason === unexpectedEnd) return 'more'
    if (c.error !== undefined) return lost(c.error.reason, c.error.at, count)
    if (count < 0) return lost('a block of less than no records', 0, count)
    if (size < 0) return lost('a length below zero', begin, count)
    if (size > maxRecordBytes) return lost(`a part longer than ${maxRecordBytes} bytes`, begin, count)
    const isWhole = end + markerSize <= all.length
    if (!isWhole && !ended) return 'more'
    const differing = differences(all.subarray(end, end + markerSize), marker)
    if (isWhole ? 2 * differing.length > markerSize : find(marker, all) !== -1)
      return lost('a block that does not end with the marker of its file', end, count)
    const block = pending.take(Math.min(end + markerSize, all.length))
    const [first] = differing
    const part: Block = { _tag: 'Block', offset, count: plausible(count), bytes: block.subarray(begin, end) }
    if (first === undefined && isWhole) return part
    const reason = isWhole
      ? `a marker that differs from that of its file in ${differing.length} of ${markerSize} bytes`
      : 'cut: its last block ends before its marker does'
    return {
      ...part,
      damage: { reason, at: isWhole ? end + (first ?? 0) : all.length, raw: block.subarray(end) },
    }
  }

  const lost = (reason: string, at: number, count: number): 'next' => {
    const block = brokenAt(reason, at, count, false)
    read = () => {
      const found = find(marker, pending.bytes)
      if (found === -1 && !ended) {
        pending.take(Math.max(0, pending.bytes.length - markerSize + 1))
        return 'more'
      }
      done = found === -1
      pending.take(found + markerSize)
      read = readBlock
      return { ...block, isFinal: done }
    }
    return 'next'
  }

  read = readMagic

  function* parts(): Generator<ContainerPart> {
    for (let part = read(); part !== 'more'; part = read()) {
      if (part !== 'next') yield part
      if (done) return
    }
    // a file ends after its header, or after any block
    if (ended && !(read === readBlock && pending.bytes.length === 0))
      yield broken(unexpectedEnd, pending.bytes.length)
  }

  return {
    push: (piece: Uint8Array): Iterable<ContainerPart> => {
      if (done) return []
      pending.add(piece)
      return parts()
    },
    end: (): Iterable<ContainerPart> => {
      ended = true
      return done ? [] : parts()
    },
  }
}

/** Where these bytes are not those of the marker. */
const differences = (bytes: Uint8Array, marker: Uint8Array): ReadonlyArray<number> =>
  Array.from(bytes, (_, i) => i).filter(i => bytes[i] !== marker[i])

const find = (marker: Uint8Array, bytes: Uint8Array): number => {
  const first = marker[0] as number
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (marker.every((b, i) => bytes[at + i] === b)) return at
  return -1
}
