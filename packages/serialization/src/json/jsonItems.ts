import { type Malformed, malformed, type Position } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { positionAt, start } from '../bytes/positions.ts'
import { readRawText, type Text } from '../bytes/readText.ts'
import { recordBuffer } from '../bytes/RecordBuffer.ts'
import {
  byteOrderMark,
  hasBrokenMark,
  here,
  isBlank,
  type ItemScan,
  itemScan,
  leave,
  restart,
  skipInside,
  stringByte,
  structureByte,
} from './itemScan.ts'
import { removeComma } from './found.ts'
import { type Rules, walkJson } from './walkJson.ts'

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
 * After a list or object, another one may begin on a new line.
 */
export const jsonItems = (format: string, max: number, rules: Rules) => {
  const kept = recordBuffer(max)
  const scan = itemScan()
  let isWanted = false // a comma promises an item
  let head: Text | undefined // the object before its list
  let problem: Malformed | undefined

  const flaw = (reason: string): Malformed => malformed(format, reason, here(scan))
  const finish = (): Piece => {
    const at = scan.opened ?? here(scan)
    scan.opened = undefined
    return { ...kept.take(), at }
  }
  const spoil = (error: Malformed): void => {
    scan.phase = 'rest'
    scan.opened = here(scan)
    problem = error
  }

  /** Yields the item that ends at this byte outside strings. */
  function* close(c: number): Generator<Piece> {
    if (head === undefined && scan.level === 2) {
      const read = readRawText(format, max, finish())
      if (E.isRight(read)) head = read.right
      else spoil(read.left)
      return
    }
    if (scan.opened !== undefined || c === 0x2c || isWanted) {
      const error =
        scan.opened === undefined
          ? flaw(`expected a value, found "${String.fromCharCode(c)}"${c === 0x2c ? '' : removeComma}`)
          : undefined
      yield { ...finish(), ...(error && { error }) }
    }
    isWanted = c === 0x2c
    if (isWanted) return
    if (c === 0x7d) {
      spoil(flaw('expected "," or "]", found "}"'))
      return
    }
    scan.depth--
    if (scan.depth === 0) leave(scan)
    else {
      scan.phase = 'tail'
      scan.opened = here(scan)
    }
  }

  const envelope = (): Piece | undefined => checkEnvelope({ format, max, rules }, head as Text, finish())

  /** Ends the current item, the object around the list, or the text at a byte outside strings. */
  function* finishAt(c: number, from: number, isOpen: boolean): Generator<Piece> {
    if (scan.phase === 'start') {
      spoil(malformed(format, 'not UTF-8', start))
      scan.opened = start
      kept.add(byteOrderMark.subarray(0, scan.marks))
    } else if (scan.phase === 'after')
      spoil(flaw(`expected the end of the text, found ${JSON.stringify(String.fromCharCode(c))}`))
    else if (scan.phase === 'list') {
      if (isOpen) kept.add(scan.bytes.subarray(from, scan.at))
      yield* close(c)
    } else {
      kept.add(scan.bytes.subarray(from, scan.at + 1))
      const found = scan.phase === 'object' ? finish() : envelope()
      head = undefined
      leave(scan)
      if (found !== undefined) yield found
    }
  }

  function* end(): Generator<Piece> {
    // the end of its list is no other record than an item that is cut
    const isCut =
      scan.phase === 'list' && scan.opened !== undefined && (scan.inString || scan.depth > scan.level)
    if (scan.phase === 'tail') {
      const piece = envelope()
      if (piece !== undefined) yield piece
    } else if (scan.phase === 'rest') yield { ...finish(), error: problem as Malformed, rest: true }
    else if (scan.opened !== undefined) yield { ...finish(), ...(isCut && { rest: true as const }) }
    if (scan.phase === 'start')
      yield { ...finish(), error: flaw('expected a value, found the end of the text'), rest: true }
    if (scan.phase === 'list' && !isCut)
      yield { ...finish(), error: flaw('expected "," or "]", found the end of the text'), rest: true }
  }
  return { push: (bytes: Uint8Array) => pushInto({ scan, kept, finishAt }, bytes), end }
}

interface Parts {
  readonly scan: ItemScan
  readonly kept: ReturnType<typeof recordBuffer>
  readonly finishAt: (c: number, from: number, isOpen: boolean) => Generator<Piece>
}

/** Yields the items that end in a chunk. */
function* pushInto({ scan, kept, finishAt }: Parts, bytes: Uint8Array): Generator<Piece> {
  scan.bytes = bytes
  let from = 0
  for (scan.at = 0; scan.at < bytes.length; scan.at++) {
    if (scan.phase === 'list') skipInside(scan, scan.level)
    else if (scan.phase === 'object') skipInside(scan, 1)
    else if (scan.phase === 'rest') scan.at = bytes.length
    if (scan.at === bytes.length) break
    const c = bytes[scan.at] as number
    if (scan.inString) stringByte(scan, c)
    else if (!isBlank(scan, c)) {
      restart(scan, c)
      const before = scan.opened
      if (hasBrokenMark(scan) || scan.phase === 'after' || structureByte(scan, c) || isOver(scan))
        yield* finishAt(c, from, before !== undefined)
      if (scan.opened !== undefined && scan.opened !== before) from = scan.at
    }
  }
  if (scan.opened !== undefined) kept.add(bytes.subarray(from))
  scan.tracker.next(bytes)
  scan.bytes = nothing
  scan.at = 0
}

/** True after the last bracket of an object that is the text. */
const isOver = ({ phase, depth }: ItemScan): boolean =>
  depth === 0 && (phase === 'object' || phase === 'tail')

const nothing = new Uint8Array(0)

interface Syntax {
  readonly format: string
  readonly max: number
  readonly rules: Rules
}

/** Checks the object around a list, without its items. Returns its tail if the object is not JSON. */
const checkEnvelope = ({ format, max, rules }: Syntax, head: Text, tail: Piece): Piece | undefined => {
  const read = readRawText(format, max, tail)
  if (E.isLeft(read)) return { ...tail, rest: true, error: read.left }
  const { text } = read.right
  const found = walkJson(`${head.text}[${text}`, rules)
  if (found === undefined) return undefined
  const { at, reason } = found
  const inside = at - head.text.length - 1
  const position = inside < 0 ? positionAt(head.text, at, head.at) : positionAt(text, inside, tail.at)
  return { ...tail, rest: true, error: malformed(format, reason, position) }
}
