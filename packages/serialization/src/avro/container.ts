import { avroFacts } from './facts.ts'
import { byteQueue, type ByteQueue } from '../bytes/ByteQueue.ts'
import { textOf } from '../bytes/utf8.ts'
import { maxRawBytes, type ReaderOptions } from '../Format.ts'
import { type Cursor, bytes, cursor, long, unexpectedEnd } from './Cursor.ts'
import { differences, findMarker, markerSize } from './syncMarker.ts'

/** A part of an object container file (Avro 1.11, Object Container Files). */
export type ContainerPart = Header | Block | BrokenPart

export interface Header {
  readonly _tag: 'Header'
  readonly metadata: ReadonlyMap<string, string>
}

export interface Block {
  readonly _tag: 'Block'
  readonly offset: number
  /** Number of records that the block claims. */
  readonly count: number
  readonly bytes: Uint8Array
  /** Damage of the sync marker after the block. The records can be read all the same. */
  readonly damage?: Damage
}

interface Damage {
  readonly reason: string
  /** Relative to the block's offset. */
  readonly at: number
  /** The marker, as far as it is there. */
  readonly raw: Uint8Array
}

/** Bytes that are not a valid part of a container file. */
export interface BrokenPart {
  readonly _tag: 'BrokenPart'
  readonly offset: number
  readonly raw: Uint8Array
  readonly reason: string
  /** Position of the error, relative to `offset`. */
  readonly at: number
  /** Number of records that the part claims. */
  readonly records: number
  /** True if reading cannot resume; otherwise the next part starts after the next sync marker. */
  readonly isFinal: boolean
}

/** "Four bytes, ASCII 'O', 'b', 'j', followed by 1." */
export const { magic } = avroFacts

/** Reads one part: `more` if its bytes are not all there, `next` if the next step has to run. */
type Step = (s: State) => ContainerPart | 'more' | 'next'

interface State {
  readonly pending: ByteQueue
  readonly metadata: Map<string, string>
  readonly maxBytes: number
  marker: Uint8Array
  step: Step
  isDone: boolean
  hasEnded: boolean
}

/**
 * Splits a file that arrives in chunks into its header and its blocks, and allocates nothing for a
 * claimed length. A block that does not end with the sync marker is broken, and reading resumes
 * after the next marker. If at least half of a marker is right, only the marker counts as damaged.
 */
export const container = ({ maxRecordBytes }: Required<ReaderOptions>) => {
  const s: State = {
    pending: byteQueue(),
    metadata: new Map(),
    maxBytes: maxRecordBytes,
    marker: new Uint8Array(0),
    step: readMagic,
    isDone: false,
    hasEnded: false,
  }

  function* parts(): Generator<ContainerPart> {
    for (let part = s.step(s); part !== 'more'; part = s.step(s)) {
      if (part !== 'next') yield part
      if (s.isDone) return
    }
    // a file ends after its header, or after any block
    if (s.hasEnded && !(s.step === readBlock && s.pending.bytes.length === 0))
      yield stop(s, unexpectedEnd, s.pending.bytes.length)
  }

  return {
    push: (chunk: Uint8Array): Iterable<ContainerPart> => {
      if (s.isDone) return []
      s.pending.add(chunk)
      return parts()
    },
    end: (): Iterable<ContainerPart> => {
      s.hasEnded = true
      return s.isDone ? [] : parts()
    },
  }
}

const readMagic: Step = s => {
  const { bytes: all } = s.pending
  const wrong = magic.findIndex((byte, i) => i < all.length && all[i] !== byte)
  if (wrong !== -1) return stop(s, 'the file does not begin with "Obj" and 1', wrong)
  if (all.length < magic.length) return 'more'
  s.pending.take(magic.length)
  s.step = readCount
  return 'next'
}

const readCount: Step = s => {
  const count = whole(s, c => {
    const n = long(c)
    if (n < 0) long(c)
    return Math.abs(n)
  })
  if (typeof count !== 'number') return count
  s.step = count === 0 ? readMarker : readEntry(count)
  return 'next'
}

const readEntry =
  (left: number): Step =>
  s => {
    const entry = whole(s, c => [bytes(c), bytes(c)] as const)
    if (entry === 'more' || '_tag' in entry) return entry
    const [key, text] = entry.map(textOf)
    if (key !== undefined && text !== undefined) s.metadata.set(key, text)
    s.step = left === 1 ? readCount : readEntry(left - 1)
    return s.pending.offset > s.maxBytes ? stop(s, `a header longer than ${s.maxBytes} bytes`, 0) : 'next'
  }

const readMarker: Step = s => {
  if (s.pending.bytes.length < markerSize) return 'more'
  s.marker = s.pending.take(markerSize)
  s.step = readBlock
  return { _tag: 'Header', metadata: s.metadata }
}

const readBlock: Step = s => {
  const { offset, bytes: all } = s.pending
  const c = cursor(all)
  const count = long(c)
  const size = long(c)
  const begin = c.at
  const end = begin + size
  if (c.error?.reason === unexpectedEnd) return 'more'
  if (c.error !== undefined) return resync(s, c.error.reason, c.error.at, count)
  if (count < 0) return resync(s, 'a block with a negative number of records', 0, count)
  if (size < 0) return resync(s, 'a negative length', begin, count)
  if (size > s.maxBytes) return resync(s, `longer than ${s.maxBytes} bytes`, begin, count)
  const isWhole = end + markerSize <= all.length
  if (!isWhole && !s.hasEnded) return 'more'
  const differing = differences(all.subarray(end, end + markerSize), s.marker)
  if (isWhole ? 2 * differing.length > markerSize : findMarker(s.marker, all) !== -1)
    return resync(s, 'a block that does not end with the sync marker of its file', end, count)
  const block = s.pending.take(Math.min(end + markerSize, all.length))
  const part: Block = {
    _tag: 'Block',
    offset,
    count: plausible(s, count),
    bytes: block.subarray(begin, end),
  }
  const [first] = differing
  if (first === undefined && isWhole) return part
  const raw = block.subarray(end)
  return isWhole
    ? {
        ...part,
        damage: {
          reason: `a sync marker that differs in ${differing.length} of ${markerSize} bytes`,
          at: end + (first ?? 0),
          raw,
        },
      }
    : { ...part, damage: { reason: 'the file ends inside a sync marker', at: all.length, raw } }
}

/** Rejects a block and resumes after the next sync marker. */
const resync = (s: State, reason: string, at: number, count: number): 'next' => {
  const block = brokenPart(s, { reason, at, records: count, isFinal: false })
  s.step = () => {
    const found = findMarker(s.marker, s.pending.bytes)
    if (found === -1 && !s.hasEnded) {
      s.pending.take(Math.max(0, s.pending.bytes.length - markerSize + 1))
      return 'more'
    }
    s.isDone = found === -1
    s.pending.take(found + markerSize)
    s.step = readBlock
    return { ...block, isFinal: s.isDone }
  }
  return 'next'
}

const stop = (s: State, reason: string, at: number): BrokenPart => {
  s.isDone = true
  return brokenPart(s, { reason, at, records: 1, isFinal: true })
}

/** Consumes what `read` reads, if all of its bytes are there. */
const whole = <A>(s: State, read: (c: Cursor) => A): A | BrokenPart | 'more' => {
  const c = cursor(s.pending.bytes, s.maxBytes)
  const value = read(c)
  if (c.error !== undefined)
    return c.error.reason === unexpectedEnd ? 'more' : stop(s, c.error.reason, c.error.at)
  s.pending.take(c.at)
  return value
}

const brokenPart = (
  s: State,
  { at, records, ...rest }: Pick<BrokenPart, 'reason' | 'at' | 'records' | 'isFinal'>,
): BrokenPart => ({
  _tag: 'BrokenPart',
  offset: s.pending.offset,
  // independent of chunk boundaries
  raw: s.pending.bytes.slice(0, Math.max(1, Math.min(at, maxRawBytes))),
  at,
  records: Math.max(1, plausible(s, records)),
  ...rest,
})

/** A record takes at least one byte. */
const plausible = (s: State, count: number): number => Math.min(count, s.maxBytes)
