import { walkJson } from './walkJson.ts'

/** The keys from the root to a value. */
export type Path = ReadonlyArray<string | number>

/** The part of a text that wanted paths lead to. */
interface Node {
  at: number | undefined
  readonly inside: Map<string | number, Node>
}

/**
 * The indexes of the values at these paths in a JSON text, in one pass that keeps nothing else. A
 * path without a value gets the index of the last value on it. The last of duplicate keys counts.
 */
export const jsonPlaces = (text: string, paths: ReadonlyArray<Path>): ReadonlyArray<number> => {
  const root = node()
  for (const path of paths) {
    let at = root
    for (const key of path) {
      const next = at.inside.get(key) ?? node()
      at.inside.set(key, next)
      at = next
    }
  }

  const open: Array<{ readonly node: Node | undefined; next: number; readonly isList: boolean }> = []
  let name = ''
  const begin = (at: number): Node | undefined => {
    const parent = open.at(-1)
    const found = parent === undefined ? root : parent.node?.inside.get(parent.isList ? parent.next++ : name)
    if (found?.at !== undefined) forget(found)
    if (found !== undefined) found.at = at
    return found
  }
  walkJson(text, anything, {
    open: (isList, at) => void open.push({ node: begin(at), next: 0, isList }),
    key: next => {
      name = next
    },
    scalar: begin,
    close: () => void open.pop(),
  })

  return paths.map(path => {
    let last = root
    for (const key of path) {
      const next = last.inside.get(key)
      if (next?.at === undefined) break
      last = next
    }
    return last.at ?? 0
  })
}

const node = (): Node => ({ at: undefined, inside: new Map() })

/** Forgets the places inside a value that a duplicate key replaces. */
const forget = (replaced: Node): void => {
  for (const inner of replaced.inside.values()) {
    inner.at = undefined
    forget(inner)
  }
}

const anything = {
  maxDepth: Number.POSITIVE_INFINITY,
  maxValues: Number.POSITIVE_INFINITY,
  strict: false,
} as const
