import { maxRawBytes } from '../Format.ts'
import { indexOf } from './byteSearch.ts'
import { recordBuffer } from './RecordBuffer.ts'
import { concat, copyOf, textOf } from './utf8.ts'

/** One line of an input, without its end. */
export interface Line {
  /** The text; `undefined` if it is not UTF-8, or too long. */
  readonly text: string | undefined
  /**
   * The bytes that contain the line, and its range in them; for a line that is too long, only its
   * first {@link maxRawBytes}.
   */
  readonly block: Uint8Array
  readonly from: number
  readonly to: number
  /** Its number of bytes. */
  readonly size: number
  readonly offset: number
  /** From 1. */
  readonly line: number
  /** True if it may contain a backslash: tested once for many lines. */
  readonly mayEscape: boolean
}

/** A copy of the line's bytes. */
export const rawOf = ({ block, from, to }: Line): Uint8Array => copyOf(block, from, to)

/**
 * Splits chunked bytes into lines that end with LF, CR LF or CR: NDJSON ("The JSON texts MUST NOT
 * contain newlines or carriage returns", ndjson-spec 1.0.0 §3.1) and `text/event-stream` allow all
 * three. Of a line longer than `max` only the beginning is kept. A final line end starts no further
 * line. Lines come in groups.
 */
export const lines = (max: number) => {
  const held = recordBuffer(max) // the line that is not finished yet
  let dropped = 0 // how many of its bytes were not kept
  let offset = 0
  let line = 1
  let afterCR = false // a line feed that comes next belongs to the line end before it

  const take = (end: Uint8Array): Uint8Array => {
    const { bytes, size } = held.take()
    dropped = size - bytes.length
    return concat([bytes, end])
  }

  /** The lines of these bytes, in groups, so that not all lines of a large chunk are in memory. */
  function* split(bytes: Uint8Array): Generator<ReadonlyArray<Line>> {
    for (let from = 0; from < bytes.length; ) {
      const feed = bytes.subarray(from, from + groupBytes).lastIndexOf(10)
      const to = feed === -1 ? bytes.indexOf(10, from) + 1 || bytes.length : from + feed + 1
      yield linesOf(bytes.subarray(from, to))
      from = to
    }
  }

  const linesOf = (block: Uint8Array): ReadonlyArray<Line> => {
    const found: Array<Line> = []
    const all = textOf(block)
    const mayEscape = all?.includes('\\') !== false
    const ascii = all?.length === block.length
    // searching a text is much faster than searching bytes
    const next = (c: 10 | 13, from: number): number =>
      ascii ? all.indexOf(c === 10 ? '\n' : '\r', from) : indexOf(block, c, from)
    let lf = -2
    let cr = all?.includes('\r') === false ? -1 : -2
    let from = 0
    let textFrom = 0
    while (from < block.length) {
      if (lf !== -1 && lf < from) lf = next(10, from)
      if (cr !== -1 && cr < from) cr = next(13, from)
      const isCR = cr !== -1 && (lf === -1 || cr < lf)
      const end = isCR ? cr : lf === -1 ? block.length : lf
      const textEnd = ascii || all === undefined ? end : ending(all, isCR ? '\r' : '\n', textFrom)
      const size = end - from + dropped
      found.push({
        text:
          size > max
            ? undefined
            : all === undefined
              ? textOf(block.subarray(from, end))
              : all.slice(textFrom, textEnd),
        block,
        from,
        to: size > max ? Math.min(end, from + maxRawBytes) : end,
        size,
        offset,
        line,
        mayEscape,
      })
      const length = isCR && end + 1 === lf ? 2 : 1
      from = end + length
      textFrom = textEnd + length
      offset += size + length
      dropped = 0
      line++
    }
    return found
  }

  return {
    push: (bytes: Uint8Array): Iterable<ReadonlyArray<Line>> => {
      if (bytes.length === 0) return []
      if (afterCR && bytes[0] === 10) {
        offset++
        bytes = bytes.subarray(1)
      }
      afterCR = bytes.at(-1) === 13
      const feed = bytes.lastIndexOf(10) + 1
      const last = feed + bytes.subarray(feed).lastIndexOf(13) + 1
      // only the unfinished line is copied
      const first = lineEnd(bytes.subarray(0, last))
      const joined = last === 0 ? nothing : take(bytes.subarray(0, first))
      held.add(bytes.subarray(last))
      return both(split(joined), split(bytes.subarray(first, last)))
    },
    end: (): Iterable<ReadonlyArray<Line>> => split(take(nothing)),
  }
}

const nothing = new Uint8Array(0)
const groupBytes = 16_384

function* both<A>(first: Iterable<A>, second: Iterable<A>): Generator<A> {
  yield* first
  yield* second
}

/** The index after the first line end. */
const lineEnd = (bytes: Uint8Array): number => {
  const feed = bytes.indexOf(10)
  const line = feed === -1 ? bytes : bytes.subarray(0, feed)
  const cr = line.indexOf(13)
  return cr === -1 || cr === feed - 1 ? feed + 1 : cr + 1
}

const ending = (text: string, end: string, from: number): number => {
  const at = text.indexOf(end, from)
  return at === -1 ? text.length : at
}
