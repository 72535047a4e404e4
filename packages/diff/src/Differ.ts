import { Eq, Meta, Shape } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { type Fields, get, isArray, isFields, keysOf } from './internal/json.ts'
import { escape } from './JsonPointer.ts'
import { matching } from './matching.ts'
import type { Operation } from './Operation.ts'
import { align, Fate, type Matching } from './sequence.ts'
import { tell } from './sequenceEdits.ts'

/** Where a differ writes: the operations so far, and how many levels below the root it stands. */
export interface Tape {
  readonly operations: Array<Operation>
  depth: number
}

/** Writes down the operations that make `b` of `a`, both at `path`. */
export type Differ = (a: unknown, b: unknown, path: string, tape: Tape) => void

/** The differ of a codec: its structure says what has parts, the identity of items says which are the same. */
export const of = (codec: t.Any): Differ => Shape.fold(algebra)(codec).diff

/** Below this many levels a value is replaced as a whole: bounded work, and no depth overflows the stack. */
export const maxDepth = 64

const { equals } = Eq.of(t.unknown)

/** Values without parts: equal, or replaced. */
const whole: Differ = (a, b, path, tape) => {
  if (!equals(a, b)) tape.operations.push({ op: 'replace', path, was: a, value: b })
}

/** Any JSON value, by its own structure. */
const json: Differ = (a, b, path, tape) => {
  if (!Object.is(a, b)) (isArray(a) ? anyList : isFields(a) ? anyFields : whole)(a, b, path, tape)
}

const inside = (tape: Tape, visit: () => void): void => {
  tape.depth++
  visit()
  tape.depth--
}

/** Named fields, each by its own differ; the keys that have none as any JSON. */
const fields = (differs: ReadonlyMap<string, Differ>, rest: Differ): Differ => {
  const member = (a: Fields, b: Fields, key: string, path: string, tape: Tape): void => {
    const was = get(a, key)
    const value = get(b, key)
    if (Object.is(was, value)) return
    const at = `${path}/${escape(key)}`
    if (was === undefined) tape.operations.push({ op: 'add', path: at, value })
    else if (value === undefined) tape.operations.push({ op: 'remove', path: at, was })
    else (differs.get(key) ?? rest)(was, value, at, tape)
  }
  return (a, b, path, tape) => {
    if (!isFields(a) || !isFields(b) || tape.depth >= maxDepth) return whole(a, b, path, tape)
    inside(tape, () => {
      for (const key of keysOf(a)) member(a, b, key, path, tape)
      for (const key of keysOf(b)) if (get(a, key) === undefined) member(a, b, key, path, tape)
    })
  }
}

/** How the items of a list are recognised, and what is told of two that are paired. */
interface Items {
  readonly matching: Matching<unknown>
  /** Two that are the same item. */
  readonly same: Differ
  /** One that took the place of another. */
  readonly other: Differ
}

const nothing: Differ = () => {}

const itemsOf = ({ codec, diff }: Node): Items => {
  const { identity } = Meta.of(codec)
  if (identity === undefined) return { matching: matching(codec), same: nothing, other: diff }
  return { matching: matching(codec), same: identity === 'value' ? nothing : diff, other: whole }
}

/** Lists: removals, then additions and moves, then what differs within the items, at their last places. */
const list =
  ({ matching, same, other }: Items): Differ =>
  (a, b, path, tape) => {
    if (!isArray(a) || !isArray(b) || tape.depth >= maxDepth) return whole(a, b, path, tape)
    const alignment = align(a, b, matching)
    const { operations } = tape
    tell(alignment, {
      remove: index => operations.push({ op: 'remove', path: `${path}/${index}`, was: a[index] }),
      add: (index, j) => operations.push({ op: 'add', path: `${path}/${index}`, value: b[j] }),
      move: (from, to) => operations.push({ op: 'move', from: `${path}/${from}`, path: `${path}/${to}` }),
    })
    inside(tape, () => {
      for (let j = 0; j < b.length; j++) {
        const i = alignment.from[j] as number
        if (i === -1 || Object.is(a[i], b[j])) continue
        const differ = alignment.fate[j] === Fate.substituted ? other : same
        if (differ !== nothing) differ(a[i], b[j], `${path}/${j}`, tape)
      }
    })
  }

const anyFields = fields(new Map(), json)
const anyList = list(itemsOf({ codec: t.unknown, diff: json }))

interface Node {
  readonly codec: t.Any
  readonly diff: Differ
}

const leaf = (codec: t.Any): Node => ({ codec, diff: whole })
const anything = (codec: t.Any): Node => ({ codec, diff: json })

/** The differ of the first member that both values are of. */
const union = (members: ReadonlyArray<Node>): Differ => {
  const parts = members.filter(({ diff }) => diff !== whole)
  const only = parts.length === 1 ? parts[0] : undefined
  // the differ of a struct or a list takes any value: what it cannot divide, it replaces
  if (only !== undefined) return only.diff
  return (a, b, path, tape) => {
    const member = parts.find(({ codec }) => codec.is(a) && codec.is(b))
    ;(member?.diff ?? json)(a, b, path, tape)
  }
}

const algebra: Shape.Algebra<Node> = {
  unknown: anything,
  undefined: leaf,
  null: leaf,
  boolean: leaf,
  number: leaf,
  string: leaf,
  literal: (_, codec) => leaf(codec),
  array: (item, codec) => ({ codec, diff: list(itemsOf(item)) }),
  tuple: (_, codec) => anything(codec),
  record: (_, codomain, codec) => ({ codec, diff: fields(new Map(), codomain.diff) }),
  struct: (named, _, codec) => ({
    codec,
    diff: fields(new Map(named.map(field => [field.key, field.value.diff])), json),
  }),
  union: (members, codec) => ({ codec, diff: union(members) }),
  intersection: (_, codec) => anything(codec),
  refine: (inner, _, codec) => ({ codec, diff: inner.diff }),
  lazy: (get, codec) => ({ codec, diff: (a, b, path, tape) => get().diff(a, b, path, tape) }),
  opaque: anything,
}
