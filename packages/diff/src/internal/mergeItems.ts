import { alignLists, ItemOutcome, type Matching } from './alignLists.ts'
import { isArray } from './json.ts'
import { type MergeValue, type MergePosition, type ThreeWay, mergeValue } from './mergeValue.ts'
import { structuralKey } from './structuralKey.ts'

/**
 * Merges two lists item by item, in the order of ours. When both sides insert between the same
 * neighbours, the insert with the smaller serialized text comes first, so that swapping sides makes
 * the same list.
 */
export const mergeItems =
  ({ key }: Matching<unknown>, merge: MergeValue): MergeValue =>
  (sides, at) => {
    const number = numbering(key)
    const withNumbers = (list: unknown) => {
      const items = isArray(list) ? list : []
      return { items, numbers: number(items) }
    }
    const base = withNumbers(sides.base)
    const ours = withNumbers(sides.ours)
    const theirs = withNumbers(sides.theirs)

    const inBase = new Map(base.numbers.map((n, i) => [n, base.items[i]]))
    const inTheirs = new Map(theirs.numbers.map((n, j) => [n, theirs.items[j]]))
    const oursAt = (i: number): ThreeWay => {
      const n = ours.numbers[i] as number
      return { base: inBase.get(n), ours: ours.items[i], theirs: inTheirs.get(n) }
    }
    const theirsAt = (j: number): ThreeWay => ({
      base: inBase.get(theirs.numbers[j] as number),
      ours: undefined,
      theirs: theirs.items[j],
    })

    const merged: Array<unknown> = []
    const put = (items: ReadonlyArray<ThreeWay>): void => {
      for (const item of items) {
        const place: MergePosition = { ...at, path: `${at.path}/${merged.length}`, depth: at.depth + 1 }
        const value = mergeValue(item, merge, place)
        if (value !== undefined) merged.push(value)
      }
    }
    const { from, outcome } = alignLists(ours.numbers, theirs.numbers, { same, key: n => n })
    let mine: Array<ThreeWay> = []
    let yours: Array<ThreeWay> = []
    let next = 0
    const upTo = (end: number): void => {
      while (next < end) mine.push(oursAt(next++))
      for (const items of inOrder(mine, yours)) put(items)
      mine = []
      yours = []
    }
    for (let j = 0; j < theirs.items.length; j++) {
      const i = from[j] as number
      if (outcome[j] === ItemOutcome.stayed) {
        upTo(i)
        put([oursAt(next++)])
      } else if (i === -1 || outcome[j] === ItemOutcome.substituted) yours.push(theirsAt(j))
    }
    upTo(ours.items.length)
    return merged
  }

const same = (x: number, y: number): boolean => x === y

/** Numbers items: equal ones alike, but the second of a list unlike the first. */
const numbering = (key: (item: unknown) => unknown) => {
  const known = new Map<unknown, Array<number>>()
  let count = 0
  return (items: ReadonlyArray<unknown>): ReadonlyArray<number> => {
    const seen = new Map<unknown, number>()
    return items.map(item => {
      const k = key(item)
      const nth = seen.get(k) ?? 0
      seen.set(k, nth + 1)
      const numbers = known.get(k) ?? []
      known.set(k, numbers)
      return (numbers[nth] ??= count++)
    })
  }
}

const inOrder = (
  a: ReadonlyArray<ThreeWay>,
  b: ReadonlyArray<ThreeWay>,
): ReadonlyArray<ReadonlyArray<ThreeWay>> =>
  a.length > 0 && b.length > 0 && structuralKey(b[0]?.theirs) < structuralKey(a[0]?.ours) ? [b, a] : [a, b]
