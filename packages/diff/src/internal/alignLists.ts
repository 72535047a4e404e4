/**
 * Aligns the items of two lists: common ends first, then matching by key, then the longest run of
 * matches that keep their order stays and the rest moves. Time n log n, memory linear, no
 * recursion. Law: applying the edits to `a` makes a list whose items match those of `b`, in order.
 */

/**
 * The rule that recognizes items. Equal keys are the same item; the n-th of a key in `a` is the
 * n-th in `b`.
 */
export interface Matching<A> {
  /** True if two items have the same key, decided without making the keys. */
  readonly same: (x: A, y: A) => boolean
  /** A primitive, or anything else that a `Map` finds again. */
  readonly key: (item: A) => unknown
}

/** The item of `a` for each item of `b`. */
export interface Alignment {
  /** The index in `a`, or -1 for an item that is new. */
  readonly from: Int32Array
  readonly outcome: Uint8Array
  /** 1 for each item of `a` that some item of `b` is. */
  readonly used: Uint8Array
  /** The end of the common beginning, and the starts of the common ends in `a` and in `b`. */
  readonly start: number
  readonly endA: number
  readonly endB: number
}

/** Outcomes of an item of `b`: new or from elsewhere; stayed; in the place of another. */
export const ItemOutcome = { moved: 0, stayed: 1, substituted: 2 } as const

/** Aligns two lists whose first `known` items are known to match. */
export const alignLists = <A>(
  a: ReadonlyArray<A>,
  b: ReadonlyArray<A>,
  by: Matching<A>,
  known = 0,
): Alignment => {
  const shorter = Math.min(a.length, b.length)
  let start = known
  while (start < shorter && by.same(a[start] as A, b[start] as A)) start++
  let endA = a.length
  let endB = b.length
  // one against one was compared already, and items can be large
  const isOnePair = () => endA - start === 1 && endB - start === 1
  while (endA > start && endB > start && !isOnePair() && by.same(a[endA - 1] as A, b[endB - 1] as A)) {
    endA--
    endB--
  }
  const from = new Int32Array(b.length).fill(-1)
  const outcome = new Uint8Array(b.length)
  const used = new Uint8Array(a.length)
  const keep = (j: number, i: number) => {
    from[j] = i
    outcome[j] = ItemOutcome.stayed
    used[i] = 1
  }
  for (let i = 0; i < start; i++) keep(i, i)
  for (let j = endB; j < b.length; j++) keep(j, endA + j - endB)
  const alignment = { from, outcome, used, start, endA, endB }
  if (start < endA && start < endB) {
    if (!isOnePair()) match(a, b, by, alignment)
    for (const j of longestRise(from, start, endB)) outcome[j] = ItemOutcome.stayed
    substitute(alignment)
  }
  return alignment
}

const match = <A>(a: ReadonlyArray<A>, b: ReadonlyArray<A>, by: Matching<A>, to: Alignment): void => {
  const first = new Map<unknown, number>()
  const next = new Int32Array(to.endA - to.start)
  for (let i = to.endA - 1; i >= to.start; i--) {
    const key = by.key(a[i] as A)
    next[i - to.start] = first.get(key) ?? -1
    first.set(key, i)
  }
  for (let j = to.start; j < to.endB; j++) {
    const key = by.key(b[j] as A)
    const i = first.get(key) ?? -1
    if (i === -1) continue
    first.set(key, next[i - to.start] as number)
    to.from[j] = i
    to.used[i] = 1
  }
}

/** The positions of a longest increasing subsequence of the matches (patience sorting). */
const longestRise = (from: Int32Array, start: number, end: number): ReadonlyArray<number> => {
  const tails: Array<number> = []
  const before = new Int32Array(end - start)
  for (let j = start; j < end; j++) {
    const i = from[j] as number
    if (i === -1) continue
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((from[tails[middle] as number] as number) < i) low = middle + 1
      else high = middle
    }
    before[j - start] = low === 0 ? -1 : (tails[low - 1] as number)
    tails[low] = j
  }
  const rise: Array<number> = []
  for (let j = tails.at(-1) ?? -1; j !== -1; j = before[j - start] as number) rise.push(j)
  return rise.toReversed()
}

/** Pairs removed and new items, in order, between two items that stay. */
const substitute = ({ from, outcome, used, start, endA, endB }: Alignment): void => {
  let i = start
  for (let j = start; j < endB; j++) {
    let stay = j
    while (stay < endB && outcome[stay] !== ItemOutcome.stayed) stay++
    const limit = stay < endB ? (from[stay] as number) : endA
    for (; j < stay; j++) {
      if (from[j] !== -1) continue
      while (i < limit && used[i] === 1) i++
      if (i === limit) continue
      from[j] = i
      outcome[j] = ItemOutcome.substituted
      used[i++] = 1
    }
    i = limit + 1
  }
}
