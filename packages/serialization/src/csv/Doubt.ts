/**
 * Parents whose rows are in doubt: an id has more rows than its parents count, and a later parent
 * of that id may own them. Parents up to that one are refused, and parents of the refused ids.
 */
export interface Doubt {
  /** True if rows of this id may belong to a refused parent. */
  readonly has: (id: string) => boolean
  /** Takes note of the next parent with rows; true if it is refused. */
  readonly refuses: (id: string, isInBlock: boolean) => boolean
}

/** A doubt about `first`, which `parents` of the next parents have, the last of them in doubt. */
export const doubtAbout = (
  first: string,
  parents: number,
  isId: (a: string, b: string) => boolean,
): Doubt => {
  const ids = [first]
  let left = parents
  const has = (id: string): boolean => ids.some(one => isId(one, id))
  return {
    has,
    refuses: (id, isInBlock) => {
      if (isId(first, id)) left--
      if (isInBlock || (left <= 0 && !has(id))) return false
      ids.push(id)
      return true
    },
  }
}
