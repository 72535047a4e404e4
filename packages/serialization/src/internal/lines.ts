import { maxRaw } from '../Format.ts'
import { keeper } from './keeper.ts'
import { concat, textOf } from './utf8.ts'

/** One line of an input, without its end. */
export interface Line {
  /** `undefined` when the line is not UTF-8, or too long. */
  readonly text: string | undefined
  /** Its bytes; of a line that is too long, the first {@link maxRaw}. */
  readonly raw: () => Uint8Array
  /** How many bytes it has. */
  readonly size: number
  readonly offset: number
  /** From 1. */
  readonly line: number
}

/**
 * Splits bytes that come in pieces of any size into lines, ended by LF, CR LF or CR: both NDJSON ("The JSON texts MUST NOT
 * contain newlines or carriage returns", ndjson-spec 1.0.0 §3.1) and `text/event-stream` allow it. Of a line longer than
 * `max` no more than its beginning is kept. An input that ends with a line end has no further, empty line.
 */
export const lines = (max: number) => {
  const held = keeper(max) // the line that is not finished yet
  let dropped = 0 // how many of its bytes were not kept
  let offset = 0
  let line = 1
  let afterCR = false // a line feed that comes next belongs to the line end before it

  const take = (end: Uint8Array): Uint8Array => {
    const { bytes, size } = held.take()
    dropped = size - bytes.length
    return concat([bytes, end])
  }

  function* split(block: Uint8Array): Generator<Line> {
    const all = textOf(block)
    const ascii = all?.length === block.length
    // looking in a text is much faster than looking in bytes
    const next = (c: 10 | 13, from: number): number =>
      ascii ? all.indexOf(c === 10 ? '\n' : '\r', from) : block.indexOf(c, from)
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
      const [first, last] = [from, end]
      yield {
        text:
          size > max
            ? undefined
            : all === undefined
              ? textOf(block.subarray(from, end))
              : all.slice(textFrom, textEnd),
        raw: () => block.slice(first, size > max ? Math.min(last, first + maxRaw) : last),
        size,
        offset,
        line,
      }
      const length = isCR && end + 1 === lf ? 2 : 1
      from = end + length
      textFrom = textEnd + length
      offset += size + length
      dropped = 0
      line++
    }
  }

  return {
    push: (bytes: Uint8Array): Iterable<Line> => {
      if (bytes.length === 0) return []
      if (afterCR && bytes[0] === 10) {
        offset++
        bytes = bytes.subarray(1)
      }
      afterCR = bytes.at(-1) === 13
      const feed = bytes.lastIndexOf(10) + 1
      const last = feed + bytes.subarray(feed).lastIndexOf(13) + 1
      const block = last === 0 ? new Uint8Array(0) : take(bytes.subarray(0, last))
      held.add(bytes.subarray(last))
      return split(block)
    },
    end: (): Iterable<Line> => split(take(new Uint8Array(0))),
  }
}

const ending = (text: string, end: string, from: number): number => {
  const at = text.indexOf(end, from)
  return at === -1 ? text.length : at
}
