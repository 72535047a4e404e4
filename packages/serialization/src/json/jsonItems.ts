import { type Malformed, malformed, type Position } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { positionAt } from '../bytes/positions.ts'
import { recordBuffer } from '../bytes/RecordBuffer.ts'
import { locateJson, type Rules } from './locateJson.ts'
import { positionTracker } from '../bytes/PositionTracker.ts'
import { readText, type Text } from '../bytes/readText.ts'

/** The text of one item of a list; or all the rest, when the start of the next item is unknown. */
export interface Piece {
  readonly bytes: Uint8Array
  readonly size: number
  readonly at: Position
  readonly error?: Malformed
  readonly rest?: true
}

/**
 * Splits a chunked JSON text into the items of its list, without parsing them: the text is `[…]`,
 * or an object with a list under `data` (its other keys are no records), or else one item. Only the
 * current item is buffered. Brackets are counted, not matched, so that a bad item spoils no other.
 */
export const jsonItems = (format: string, max: number, rules: Rules) => {
  const kept = recordBuffer(max)
  let phase: 'start' | 'one' | 'object' | 'list' | 'tail' | 'after' | 'rest' = 'start'
  let depth = 0
  let level = 0 // the depth at which the items of the list stand
  let opened: Position | undefined // the start of the current item
  let wanted = false // a comma promises an item
  let inString = false
  let escaped = false
  let word = '' // the beginning of the last string of an object that may turn out to have a list
  let key = ''
  let head: Text | undefined // of such an object
  let problem: Malformed | undefined
  let bytes: Uint8Array = nothing // the current chunk of the input
  let i = 0 // the index in it
  const place = positionTracker()

  const here = (): Position => place.at(bytes, i)
  const flaw = (reason: string) => malformed(format, reason, here())
  const finish = (): Piece => {
    const at = opened ?? here()
    opened = undefined
    return { ...kept.take(), at }
  }

  /** Handles a byte outside strings; returns true if the current item ends before it. */
  const structure = (c: number): boolean => {
    if (phase === 'start' && c !== 0x5b) {
      phase = c === 0x7b ? 'object' : 'one'
      opened = here()
    }
    const inItem = phase !== 'list' || depth > level
    switch (c) {
      case 0x5b: // [
      case 0x7b: // {
        if (phase === 'start') {
          phase = 'list'
          level = ++depth
          return false
        }
        if (phase === 'object' && depth === 1 && c === 0x5b && key === 'data') {
          phase = 'list'
          level = ++depth
          return true
        }
        opened ??= here()
        depth++
        return false
      case 0x5d: // ]
      case 0x7d: // }
        if (inItem) depth--
        return !inItem
      case 0x2c: // ,
        if (phase === 'object' && depth === 1) key = ''
        return !inItem
      case 0x3a: // :
        if (phase === 'object' && depth === 1) key = word
        opened ??= here()
        return false
      default:
        opened ??= here()
        if (c === 0x22) {
          inString = true
          word = ''
        }
        return false
    }
  }

  const spoil = (reason: string): void => {
    phase = 'rest'
    opened = here()
    problem = flaw(reason)
  }

  /** Checks the object around the list, without its items. */
  const checked = (): Piece | undefined => {
    const tail = finish()
    const before = head as Text
    const read = readText(format, max, tail)
    if (E.isLeft(read)) return { ...tail, rest: true, error: read.left }
    const { text } = read.right
    const found = locateJson(`${before.text}[${text}`, rules)
    if (E.isRight(found)) return undefined
    const { at, reason } = found.left
    const inside = at - before.text.length - 1
    const position = inside < 0 ? positionAt(before.text, at, before.at) : positionAt(text, inside, tail.at)
    return { ...tail, rest: true, error: malformed(format, reason, position) }
  }

  /** The items that end at this byte outside strings. */
  function* close(c: number): Generator<Piece> {
    if (head === undefined && level === 2) {
      const read = readText(format, max, finish())
      if (E.isRight(read)) head = read.right
      else {
        spoil(read.left.reason)
        problem = read.left
      }
      return
    }
    if (opened !== undefined || c === 0x2c || wanted) {
      const error =
        opened === undefined ? flaw(`expected a value, found "${String.fromCharCode(c)}"`) : undefined
      yield { ...finish(), ...(error && { error }) }
    }
    wanted = c === 0x2c
    if (wanted) return
    if (c === 0x7d) {
      spoil('expected "," or "]", found "}"')
      return
    }
    depth--
    phase = depth === 0 ? 'after' : 'tail'
    if (phase === 'tail') opened = here()
  }

  /** True at a byte order mark at the start of the input. */
  const isMark = (c: number): boolean => {
    const { offset } = here()
    return offset < 3 && c === [0xef, 0xbb, 0xbf][offset]
  }

  /** Skips to the end of the innermost list or object at this depth. */
  const skip = (floor: number): void => {
    if (depth <= floor) return
    // local copies: variables shared between closures make reading a tenth slower
    let [at, inside, isString, isEscaped] = [i, depth, inString, escaped]
    for (; at < bytes.length && inside > floor; at++) {
      const c = bytes[at] as number
      if (isString) {
        if (isEscaped) isEscaped = false
        else if (c === 0x5c) isEscaped = true
        else if (c === 0x22) isString = false
      } else if (c === 0x22) {
        isString = true
        word = ''
      } else if ((c | 0x20) === 0x7b)
        inside++ // [ or {
      else if ((c | 0x20) === 0x7d) inside--
    }
    i = at
    depth = inside
    inString = isString
    escaped = isEscaped
  }

  function* push(piece: Uint8Array): Generator<Piece> {
    bytes = piece
    let from = 0 // where the bytes of the item in hand begin
    for (i = 0; i < bytes.length; i++) {
      if (phase === 'list') skip(level)
      else if (phase === 'object') skip(1)
      else if (phase === 'rest') i = bytes.length
      if (i === bytes.length) break
      const c = bytes[i] as number
      if (inString) {
        if (escaped) escaped = false
        else if (c === 0x5c) escaped = true
        else if (c === 0x22) inString = false
        if (inString && depth === 1 && word.length < 6) word += String.fromCharCode(c)
      } else if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09 && !(phase === 'start' && isMark(c))) {
        const before = opened
        if (phase === 'after')
          spoil(`expected the end of the text, found ${JSON.stringify(String.fromCharCode(c))}`)
        else if (structure(c)) {
          if (before !== undefined) kept.add(bytes.subarray(from, i))
          yield* close(c)
        } else if ((phase === 'object' || phase === 'tail') && depth === 0) {
          kept.add(bytes.subarray(from, i + 1))
          const found = phase === 'object' ? finish() : checked()
          phase = 'after'
          if (found !== undefined) yield found
        }
        if (opened !== undefined && opened !== before) from = i
      }
    }
    if (opened !== undefined) kept.add(bytes.subarray(from))
    place.next(bytes)
    bytes = nothing
    i = 0
  }

  function* end(): Generator<Piece> {
    if (phase === 'tail') {
      const piece = checked()
      if (piece !== undefined) yield piece
    } else if (phase === 'rest') yield { ...finish(), error: problem as Malformed, rest: true }
    else if (opened !== undefined) yield finish()
    if (phase === 'start')
      yield { ...finish(), error: flaw('expected a value, found the end of the text'), rest: true }
    if (phase === 'list')
      yield { ...finish(), error: flaw('expected "," or "]", found the end of the text'), rest: true }
  }

  return { push, end }
}

const nothing = new Uint8Array(0)
