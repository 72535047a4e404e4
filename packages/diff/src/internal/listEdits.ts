import { type Alignment, ItemOutcome } from './alignLists.ts'

/**
 * Receives the edits of a list in the order of their application, with the indexes of that time.
 */
export interface Edits {
  readonly remove: (index: number) => void
  /** Item `j` of `b` is inserted at `index`. */
  readonly add: (index: number, j: number) => void
  /** The item at `from` is taken out, then inserted at `to`. */
  readonly move: (from: number, to: number) => void
}

/**
 * Emits the edits of an alignment: removals from the back, then additions and moves from the front.
 * Items that await their move are among those placed already; a Fenwick tree counts them.
 */
export const emit = ({ from, outcome, used, start, endA, endB }: Alignment, on: Edits): void => {
  const places = new Int32Array(endA - start)
  let kept = 0
  for (let i = start; i < endA; i++) {
    places[i - start] = kept
    if (used[i] === 1) kept++
  }
  for (let i = endA - 1; i >= start; i--) if (used[i] === 0) on.remove(i)

  const placeOf = (j: number) => places[(from[j] as number) - start] as number
  const isStable = new Uint8Array(kept)
  for (let j = start; j < endB; j++) if (outcome[j] !== ItemOutcome.moved) isStable[placeOf(j)] = 1
  const stableBefore = new Int32Array(kept + 1)
  for (let p = 0; p < kept; p++) stableBefore[p + 1] = (stableBefore[p] as number) + (isStable[p] as number)
  const stables = new Int32Array(stableBefore[kept] as number)
  for (let j = start, rank = 0; j < endB; j++) if (outcome[j] !== ItemOutcome.moved) stables[rank++] = j

  const waiting = counter(isStable)
  let last = -1 // the place of the last stable item that was passed
  let passed = 0
  let between = 0 // items that await their move, before that place
  for (let j = start; j < endB; j++) {
    if (from[j] === -1) on.add(j + between, j)
    else if (outcome[j] !== ItemOutcome.moved) {
      last = placeOf(j)
      passed++
      between = waiting.before(last)
    } else {
      const place = placeOf(j)
      const rank = stableBefore[place] as number
      const ahead = place < last ? (stables[rank] as number) : j + rank - passed
      const index = ahead + waiting.before(place)
      waiting.take(place)
      if (place < last) between--
      if (index !== j + between) on.move(index, j + between)
    }
  }
}

/**
 * Counts the entries before an index that are marked 0, as they are taken away (a Fenwick tree).
 */
const counter = (marks: Uint8Array) => {
  const size = marks.length
  const tree = new Int32Array(size + 1)
  for (let i = 1; i <= size; i++) {
    tree[i] = (tree[i] as number) + 1 - (marks[i - 1] as number)
    const parent = i + (i & -i)
    if (parent <= size) tree[parent] = (tree[parent] as number) + (tree[i] as number)
  }
  return {
    before: (place: number): number => {
      let sum = 0
      for (let i = place; i > 0; i -= i & -i) sum += tree[i] as number
      return sum
    },
    take: (place: number): void => {
      for (let i = place + 1; i <= size; i += i & -i) tree[i] = (tree[i] as number) - 1
    },
  }
}
