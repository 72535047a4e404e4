import type { Position } from '@finetune-kit/codec'
import { type PositionTracker, positionTracker } from '../bytes/PositionTracker.ts'

/**
 * The state of a scan for the items of a JSON list. `object` is an object that may have the list
 * under `data`, `tail` its rest after the list, `rest` the input after an error.
 */
export interface ItemScan {
  phase: 'start' | 'one' | 'object' | 'list' | 'tail' | 'after' | 'rest'
  depth: number
  /** Depth of the list. */
  level: number
  /** Start of the current item. */
  opened: Position | undefined
  inString: boolean
  escaped: boolean
  /** Beginning of the last string of an object. */
  word: string
  /** The last key of an object. */
  key: string
  /** Number of bytes of a byte order mark that the input begins with. */
  marks: number
  /** Line on which the last list or object ended. */
  lastLine: number
  /** The current chunk of the input, and the index in it. */
  bytes: Uint8Array
  at: number
  readonly tracker: PositionTracker
}

export const itemScan = (): ItemScan => ({
  phase: 'start',
  depth: 0,
  level: 0,
  opened: undefined,
  inString: false,
  escaped: false,
  word: '',
  key: '',
  marks: 0,
  lastLine: 0,
  bytes: nothing,
  at: 0,
  tracker: positionTracker(),
})

const nothing = new Uint8Array(0)

/** The position of the current byte. */
export const here = (scan: ItemScan): Position => scan.tracker.at(scan.bytes, scan.at)

/**
 * True if a byte outside strings is white space, part of a byte order mark of the input, or the
 * separator before a text of a sequence (RFC 7464 §2.2: `jq --seq` writes it).
 */
export const isBlank = (scan: ItemScan, c: number): boolean => {
  if (c === 0x1e) return (scan.phase === 'start' && !hasBrokenMark(scan)) || scan.phase === 'after'
  if ((c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) && !hasBrokenMark(scan)) return true
  if (scan.phase !== 'start' || c !== byteOrderMark[scan.marks]) return false
  if (here(scan).offset !== scan.marks) return false
  scan.marks++
  return true
}

/** True if the input begins with a part of a byte order mark, which is no mark (RFC 8259 §8.1). */
export const hasBrokenMark = ({ phase, marks }: ItemScan): boolean =>
  phase === 'start' && marks % byteOrderMark.length !== 0

export const byteOrderMark = new Uint8Array([0xef, 0xbb, 0xbf])

/** Ends a list or object that is not inside another one. */
export const leave = (scan: ItemScan): void => {
  scan.phase = 'after'
  scan.lastLine = here(scan).line
}

/** Starts again where a list or object begins on a line after the last one. */
export const restart = (scan: ItemScan, c: number): void => {
  if (scan.phase !== 'after' || (c | 0x20) !== 0x7b || here(scan).line === scan.lastLine) return
  scan.phase = 'start'
  scan.depth = 0
  scan.level = 0
  scan.key = ''
}

/** Handles a byte of a string. */
export const stringByte = (scan: ItemScan, c: number): void => {
  if (scan.escaped) scan.escaped = false
  else if (c === 0x5c) scan.escaped = true
  else if (c === 0x22) scan.inString = false
  if (scan.inString && scan.depth === 1 && scan.word.length < 6) scan.word += String.fromCharCode(c)
}

/** Handles a byte outside strings; returns true if the current item ends before it. */
export const structureByte = (scan: ItemScan, c: number): boolean => {
  if (scan.phase === 'start' && c !== 0x5b) {
    scan.phase = c === 0x7b ? 'object' : 'one'
    scan.opened = here(scan)
  }
  const isKeyLevel = scan.phase === 'object' && scan.depth === 1
  const inItem = scan.phase !== 'list' || scan.depth > scan.level
  switch (c) {
    case 0x5b: // [
    case 0x7b: // {
      return openBracket(scan, c)
    case 0x5d: // ]
    case 0x7d: // }
      if (inItem) scan.depth--
      return !inItem
    case 0x2c: // ,
      if (isKeyLevel) scan.key = ''
      return !inItem
    case 0x3a: // :
      if (isKeyLevel) scan.key = scan.word
      scan.opened ??= here(scan)
      return false
    default:
      scan.opened ??= here(scan)
      if (c === 0x22) {
        scan.inString = true
        scan.word = ''
      }
      return false
  }
}

/** Handles `[` or `{`; returns true if it starts the list inside an object. */
const openBracket = (scan: ItemScan, c: number): boolean => {
  const isList = scan.phase === 'start'
  const isData = scan.phase === 'object' && scan.depth === 1 && c === 0x5b && scan.key === 'data'
  scan.depth++
  if (isList || isData) {
    scan.phase = 'list'
    scan.level = scan.depth
  } else scan.opened ??= here(scan)
  return isData
}

/** Skips to the end of the innermost list or object at this depth. */
export const skipInside = (scan: ItemScan, floor: number): void => {
  if (scan.depth <= floor) return
  // local copies: this loop takes most of the time
  const { bytes } = scan
  let { at, depth, inString, escaped, word } = scan
  for (; at < bytes.length && depth > floor; at++) {
    const c = bytes[at] as number
    if (inString) {
      if (escaped) escaped = false
      else if (c === 0x5c) escaped = true
      else if (c === 0x22) inString = false
    } else if (c === 0x22) {
      inString = true
      word = ''
    } else if ((c | 0x20) === 0x7b)
      depth++ // [ or {
    else if ((c | 0x20) === 0x7d) depth--
  }
  scan.at = at
  scan.depth = depth
  scan.inString = inString
  scan.escaped = escaped
  scan.word = word
}
