import { Identity, Meta, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { isPlainObject, put } from '@finetune-kit/codec/compile'
import { type Fields, get, isArray, keysOf } from './internal/json.ts'
import { type Conflict, conflict, type MergeValue, mergeValue } from './internal/mergeValue.ts'
import { checkDecoded } from './internal/decodeResult.ts'
import { mergeItems } from './internal/mergeItems.ts'
import { escape } from './JsonPointer.ts'
import { itemMatching } from './internal/itemMatching.ts'

export type { Conflict } from './internal/mergeValue.ts'

export interface Merged<A> {
  /** The merged value. At a conflict it has ours, or theirs where ours removed it. */
  readonly value: A
  readonly conflicts: ReadonlyArray<Conflict>
}

/**
 * Three-way merge. Laws: `merge(b, a, a)`, `merge(b, b, a)` and `merge(b, a, b)` are `a` without
 * conflicts; swapping the sides swaps them in each conflict.
 */
export interface MergeOps<A> {
  readonly merge: (base: A, ours: A, theirs: A) => Merged<A>
}

/**
 * Derives the three-way merge of a codec's values. A field that one side changed takes that side;
 * objects merge field by field, lists with an identity item by item (whole-value items as a
 * multiset); where the codec has an order in time, the later value wins. The rest is a conflict.
 *
 * @example
 * const { merge } = Merge.of(record('Point', { x: t.number, y: t.number }))
 * merge({ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 0, y: 2 }).value // => ({ x: 1, y: 2 })
 */
export const of = <A>(codec: t.Type<A, unknown>): MergeOps<A> => {
  const { merge } = Shape.fold(algebra)(codec)
  const decoded = checkDecoded(codec)
  return {
    merge: (base, ours, theirs) => {
      const sides = { base, ours, theirs }
      const mergeSides = (of: typeof sides) => {
        const conflicts: Array<Conflict> = []
        return { checked: decoded(mergeValue(of, merge, { path: '', depth: 0, conflicts })), conflicts }
      }
      const { checked, conflicts } = mergeSides(sides)
      const isWhole: boolean =
        E.isLeft(checked) ||
        (conflicts.length > 0 && E.isLeft(mergeSides({ base, ours: theirs, theirs: ours }).checked))
      // sides that are sound field by field can contradict each other as a whole
      return E.isLeft(checked) || isWhole
        ? { value: ours, conflicts: [{ path: '', ...sides }] }
        : { value: checked.right, conflicts }
    },
  }
}

interface Node {
  readonly codec: t.Any
  readonly merge: MergeValue
}

const fields =
  (mergers: ReadonlyMap<string, MergeValue>, rest: MergeValue): MergeValue =>
  (sides, at) => {
    const { ours, theirs } = sides
    if (!isPlainObject(ours) || !isPlainObject(theirs)) return conflict(sides, at)
    const base = isPlainObject(sides.base) ? sides.base : {}
    const merged: Fields = {}
    for (const key of new Set([...keysOf(ours), ...keysOf(theirs)])) {
      const place = { ...at, path: `${at.path}/${escape(key)}`, depth: at.depth + 1 }
      const three = { base: get(base, key), ours: get(ours, key), theirs: get(theirs, key) }
      const value = mergeValue(three, mergers.get(key) ?? rest, place)
      if (value !== undefined) put(merged, key, value)
    }
    return merged
  }

const json: MergeValue = (sides, at) => (isPlainObject(sides.ours) ? anyFields : conflict)(sides, at)
const anyFields = fields(new Map(), json)

/** The later of two values, where the codec orders them in time. */
const later = ({ order }: Meta.Meta): MergeValue => {
  if (order === undefined) return conflict
  const stage = (value: unknown): number => {
    if (order === 'ascending') return typeof value === 'number' ? value : Number.NaN
    const found = order.findIndex(words => words.some(word => word === value))
    return found === -1 ? Number.NaN : found
  }
  return (sides, at) => {
    const [ours, theirs] = [stage(sides.ours), stage(sides.theirs)]
    return ours > theirs ? sides.ours : theirs > ours ? sides.theirs : conflict(sides, at)
  }
}

const list = ({ codec, merge }: Node): MergeValue => {
  if (Identity.of(codec).by === 'unstated') return conflict
  const items = mergeItems(itemMatching(codec), merge)
  return (sides, at) => (isArray(sides.ours) && isArray(sides.theirs) ? items : conflict)(sides, at)
}

const node = (codec: t.Any, merge: MergeValue): Node => ({ codec, merge })
const leaf = (codec: t.Any): Node => node(codec, later(Meta.of(codec)))
const anything = (codec: t.Any): Node => node(codec, json)

const algebra: Shape.Algebra<Node> = {
  unknown: anything,
  undefined: leaf,
  null: leaf,
  boolean: leaf,
  number: leaf,
  string: leaf,
  literal: (_, codec) => leaf(codec),
  array: (item, codec) => node(codec, list(item)),
  tuple: (_, codec) => leaf(codec),
  record: (_, codomain, codec) => node(codec, fields(new Map(), codomain.merge)),
  struct: (named, _, codec) =>
    node(codec, fields(new Map(named.map(({ key, value }) => [key, value.merge])), json)),
  union: (members, codec) => {
    const parts = members.filter(({ merge }) => merge !== conflict)
    const [only] = parts
    return node(codec, parts.length === 1 && only !== undefined ? only.merge : json)
  },
  intersection: (_, codec) => anything(codec),
  refine: (inner, _, codec) => (Meta.of(codec).order === undefined ? node(codec, inner.merge) : leaf(codec)),
  lazy: (get, codec) => node(codec, (sides, at) => get().merge(sides, at)),
  opaque: anything,
}
