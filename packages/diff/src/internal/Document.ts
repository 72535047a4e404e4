import * as E from '#fp-ts/Either'
import { put } from '@finetune-kit/codec/compile'
import * as JsonPointer from '../JsonPointer.ts'
import { type Fields, get as getOwn, isArray } from './json.ts'

/**
 * A JSON document being patched. Its source is never touched: a container is copied the first time
 * that something in it changes, and only then.
 */
export interface Document {
  readonly get: (pointer: string) => Lookup
  /**
   * Puts a value under a key, or into a list, whose later items make room; `isNew` requires that
   * the key is absent.
   */
  readonly add: (pointer: string, value: unknown, isNew: boolean) => Reason | undefined
  readonly set: (pointer: string, value: unknown) => Reason | undefined
  readonly remove: (pointer: string) => Lookup
  readonly root: () => unknown
}

/** The reason of a failure. */
export interface Reason {
  readonly reason: string
}
export type Lookup = Reason | { readonly value: unknown }

export const isReason = (x: object | undefined): x is Reason => x !== undefined && 'reason' in x

type Container = Fields | Array<unknown>
interface Location {
  readonly parent: Container
  readonly token: string
}

export const document = (value: unknown): Document => {
  /**
   * The copies made here, with their time. A copy may be written to only while its parent is not
   * younger: `copy` and `move` put a container in two places, and the parts of one that was copied
   * again belong to both.
   */
  const copies = new Map<object, number>()
  const holder: Fields = { '': value }
  let clock = 0
  copies.set(holder, clock)

  const own = (parent: Container, key: string | number, child: Container): Container => {
    const time = copies.get(child)
    if (time !== undefined && time >= (copies.get(parent) as number)) return child
    const copy: Container = isArray(child) ? child.slice() : { ...child }
    copies.set(copy, ++clock)
    putAt(parent, key, copy)
    return copy
  }

  /** The container of a pointer's last token, as a copy that may be written to. */
  const open = (pointer: string): Reason | Location => {
    const tokens = JsonPointer.parse(pointer)
    if (E.isLeft(tokens)) return { reason: notPointer(tokens.left) }
    let parent: Container = holder
    let token = ''
    for (const next of tokens.right) {
      const key = keyOf(parent, token)
      if (isKeyless(key)) return key
      const child = at(parent, key)
      if (!isContainer(child)) return { reason: `${kind(child)} has no members` }
      parent = own(parent, key, child)
      token = next
    }
    return { parent, token }
  }

  const get = (pointer: string): Lookup => {
    const tokens = JsonPointer.parse(pointer)
    if (E.isLeft(tokens)) return { reason: notPointer(tokens.left) }
    let found: unknown = holder['']
    for (const token of tokens.right) {
      if (!isContainer(found)) return { reason: `${kind(found)} has no members` }
      const key = keyOf(found, token)
      if (isKeyless(key)) return key
      found = at(found, key)
    }
    // it will stand in a second place: neither may write to it any more
    if (isContainer(found)) copies.delete(found)
    return { value: found }
  }

  return {
    get,
    add: (pointer, value, isNew) => {
      const place = open(pointer)
      if (isReason(place)) return place
      const { parent, token } = place
      if (!Array.isArray(parent)) {
        if (isNew && getOwn(parent, token) !== undefined) return { reason: 'there is a value already' }
        put(parent, token, value)
        return undefined
      }
      // "If the '-' character is used to index the end of the array,
      // this has the effect of appending"
      const index = token === '-' ? parent.length : indexOf(token, parent.length, 1)
      if (isKeyless(index)) return index
      if (index === parent.length) parent.push(value)
      else parent.splice(index, 0, value)
      return undefined
    },
    set: (pointer, value) => {
      const place = open(pointer)
      if (isReason(place)) return place
      const key = keyOf(place.parent, place.token)
      if (isKeyless(key)) return key
      putAt(place.parent, key, value)
      return undefined
    },
    remove: pointer => {
      const place = open(pointer)
      if (isReason(place)) return place
      const { parent } = place
      if (parent === holder) return { reason: 'the whole document cannot be removed' }
      const key = keyOf(parent, place.token)
      if (isKeyless(key)) return key
      const was = at(parent, key)
      if (Array.isArray(parent)) parent.splice(key as number, 1)
      else delete parent[key]
      if (isContainer(was)) copies.delete(was)
      return { value: was }
    },
    root: () => holder[''],
  }
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

const isKeyless = (key: string | number | Reason): key is Reason => typeof key === 'object'

const at = (container: Container, key: string | number): unknown => (container as Fields)[key]

const putAt = (container: Container, key: string | number, value: unknown): void =>
  put(container as Fields, key as string, value)

/** The own key of a container that a token names. */
const keyOf = (container: Container, token: string): string | number | Reason => {
  if (Array.isArray(container)) return indexOf(token, container.length, 0)
  return Object.hasOwn(container, token) ? token : { reason: `there is no key ${JSON.stringify(token)}` }
}

// array-index = %x30 / ( %x31-39 *(%x30-39) ) ; "0", or digits without a leading "0"
const index = /^(?:0|[1-9][0-9]*)$/

/** The index that a token names in a list of `length` items, with `past` more allowed. */
export const indexOf = (token: string, length: number, past: 0 | 1): number | Reason => {
  if (token === '-') return { reason: '"-" is past the end of the list: only what is added can go there' }
  if (!index.test(token)) return { reason: `${JSON.stringify(token)} is not an index: a list has 0, 1, 2, …` }
  const number = Number(token)
  return number < length + past ? number : { reason: `index ${token} is past the end of a list of ${length}` }
}

const notPointer = (error: { readonly _tag: string }): string =>
  `this is not a JSON Pointer: ${'reason' in error ? String(error.reason) : ''}`

const kind = (value: unknown): string => (value === null ? 'null' : `a ${typeof value}`)
