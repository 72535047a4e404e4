import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { ReaderOptions } from '../Format.ts'
import { jsonDecoder } from '../internal/jsonDecoder.ts'
import { put } from '../internal/rows.ts'
import { byte, bytes, type Cursor, double, early, fail, integer, long, spoil, string } from './cursor.ts'

/** Reads one value. */
export type Read = (c: Cursor, budget: Budget) => unknown

/** What hostile bytes may cost. A list of nulls takes no bytes however long it is, and a record may hold itself. */
export interface Budget {
  depth: number
  /** How many more values may be read. */
  left: number
}

type Limits = Required<ReaderOptions>

/** Stands for what is not known yet. */
export const unread: Read = () => undefined

export const primitive = (type: string): Read => {
  switch (type) {
    case 'null':
      return () => null
    case 'boolean':
      return c => byte(c) !== 0
    case 'int':
    case 'long':
      return integer
    case 'float':
      return c => double(c, 4)
    case 'double':
      return c => double(c, 8)
    case 'string':
      return string
    default:
      return noBytes
  }
}

const bytesHere = 'bytes, which JSON has no value for'

const noBytes: Read = c => {
  const start = c.at
  bytes(c)
  return spoil(c, bytesHere, start)
}

export const fixed =
  (size: number): Read =>
  c => {
    const start = c.at
    if (!(size >= 0 && size <= c.bytes.length - c.at)) return fail(c, early, c.bytes.length)
    c.at += size
    return spoil(c, bytesHere, start)
  }

/** The value that a text says. */
export const json = (limits: Limits): Read => {
  const decode = jsonDecoder(t.unknown, 'JSON')
  return c => {
    const start = c.at
    const text = string(c)
    if (c.flaw !== undefined || c.spoilt !== undefined) return undefined
    const value = decode(text, limits)
    if (E.isRight(value)) return value.right
    return spoil(
      c,
      `a text that is not JSON: ${value.left._tag === 'Malformed' ? value.left.reason : 'too deep'}`,
      start,
    )
  }
}

export const oneOf =
  (members: ReadonlyArray<Read>): Read =>
  (c, budget) => {
    const start = c.at
    const read = members[long(c)]
    return read === undefined ? fail(c, 'a branch that its union does not have', start) : read(c, budget)
  }

export const word =
  (symbols: ReadonlyArray<unknown>): Read =>
  c => {
    const start = c.at
    const symbol = symbols[long(c)]
    return symbol === undefined ? spoil(c, 'a symbol that its enum does not have', start) : symbol
  }

/** "Arrays are encoded as a series of blocks", as maps are. A negative count is followed by the block's size in bytes. */
const blocks = (c: Cursor, budget: Budget, limits: Limits, item: () => void): void => {
  if (++budget.depth > limits.maxDepth) fail(c, `nested more than ${limits.maxDepth} levels deep`)
  for (let n = long(c); n !== 0; n = long(c)) {
    if (n < 0) long(c)
    for (let left = Math.abs(n); left > 0 && c.flaw === undefined; left--) {
      if (--budget.left < 0) fail(c, 'more values than its bytes allow')
      else item()
    }
    if (c.flaw !== undefined) break
  }
  budget.depth--
}

export const many =
  (read: Read, limits: Limits): Read =>
  (c, budget) => {
    const items: Array<unknown> = []
    blocks(c, budget, limits, () => items.push(read(c, budget)))
    return items
  }

export const entries =
  (read: Read, limits: Limits): Read =>
  (c, budget) => {
    const found: Record<string, unknown> = {}
    blocks(c, budget, limits, () => {
      const key = string(c)
      if (limits.strict && Object.hasOwn(found, key)) spoil(c, 'an object has a key twice', c.at)
      put(found, key, read(c, budget))
    })
    return found
  }

/** What a field gives in whose union null says that the key is absent. */
export const absent = Symbol('absent')

export interface FieldRead {
  readonly key: string
  readonly read: Read
  /** It holds other keys, not itself. */
  readonly isExtra: boolean
}

export const object =
  (fields: ReadonlyArray<FieldRead>, bare: boolean, limits: Limits): Read =>
  (c, budget) => {
    const found: Record<string, unknown> = {}
    if (++budget.depth > limits.maxDepth) fail(c, `nested more than ${limits.maxDepth} levels deep`)
    for (const { key, read, isExtra } of fields) {
      if (c.flaw !== undefined) break
      if (--budget.left < 0) fail(c, 'more values than its bytes allow')
      const value = read(c, budget)
      if (isExtra && typeof value === 'object' && value !== null)
        for (const other of Object.keys(value)) put(found, other, (value as Record<string, unknown>)[other])
      else if (!isExtra && value !== absent) put(found, key, value)
    }
    budget.depth--
    return bare ? found['value'] : found
  }
