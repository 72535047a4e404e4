import { type Document, type Lookup, indexOf, isReason } from './Document.ts'
import { type Rope, rope } from './Rope.ts'

/** A rope replaces a long list after this many operations on it in a row. */
const patience = 32
const long = 1024

/**
 * Wraps a document so that long lists bear many operations in a row: 100,000 moves take a moment,
 * not minutes.
 */
export const withRope = (document: Document): Document => {
  let parent: string | undefined
  let inRow = 0
  let items: Rope | undefined

  const settle = (): void => {
    if (items !== undefined && parent !== undefined) document.set(parent, items.toArray())
    items = undefined
  }
  /** The rope of the list that a pointer leads into, if there is one. */
  const ropeAt = (pointer: string): Rope | undefined => {
    const cut = pointer.lastIndexOf('/')
    const list = cut === -1 ? undefined : pointer.slice(0, cut)
    if (list === undefined || list !== parent) {
      settle()
      parent = list
      inRow = 0
    } else if (items === undefined && ++inRow % patience === 0) {
      const found = document.get(list)
      if (!isReason(found) && Array.isArray(found.value) && found.value.length >= long)
        items = rope(found.value)
    }
    return items
  }
  const on =
    <A extends ReadonlyArray<unknown>, R>(
      plain: (pointer: string, ...rest: A) => R,
      roped: (rope: Rope, index: number, ...rest: A) => R,
      past: 0 | 1,
    ) =>
    (pointer: string, ...rest: A) => {
      const list = ropeAt(pointer)
      if (list === undefined) return plain(pointer, ...rest)
      const token = pointer.slice((parent as string).length + 1)
      const index = past === 1 && token === '-' ? list.length() : indexOf(token, list.length(), past)
      return typeof index === 'object' ? index : roped(list, index, ...rest)
    }

  return {
    get: on(document.get, (list, index): Lookup => ({ value: list.get(index) }), 0),
    add: on(document.add, (list, index, value) => list.insert(index, value), 1),
    set: on(document.set, (list, index, value) => list.set(index, value), 0),
    remove: on(document.remove, (list, index): Lookup => ({ value: list.remove(index) }), 0),
    root: () => {
      settle()
      return document.root()
    },
  }
}
