import { Eq, Identity, Shape } from '@finetune-kit/codec'
import { compileFieldComparison } from '@finetune-kit/codec/compile'
import * as t from 'io-ts'
import { get, isArray, isFields, keysOf } from './json.ts'
import { escape } from '../JsonPointer.ts'
import { itemMatching } from './itemMatching.ts'
import type { Operation } from '../Operation.ts'
import { alignLists, ItemOutcome, type Matching } from './alignLists.ts'
import { emit } from './listEdits.ts'

/** Where a differ writes: the operations so far, and how many levels below the root it stands. */
export interface OperationLog {
  readonly operations: Array<Operation>
  depth: number
}

/** Writes down the operations that make `b` of `a`, both at `path`. */
export type Differ = (a: unknown, b: unknown, path: string, tape: OperationLog) => void

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

/**
 * Named fields, each by its own differ; the keys that have none as any JSON. Whether a field differs at all is asked
 * first: most do not, and equality is several times cheaper than a walk that is ready to write.
 */
const fields = (named: ReadonlyMap<string, Node>, rest: Differ): Differ => {
  const keys = [...named.keys()]
  const differs = Array.from(named.values(), ({ codec, diff, hasParts }): Differ => {
    if (hasParts !== true) return diff
    const { equals } = Eq.of(codec)
    return (a, b, path, tape) => {
      if (!equals(a, b)) diff(a, b, path, tape)
    }
  })
  const suffixes = keys.map(key => `/${escape(key)}`)
  const compare = compileFieldComparison<FieldTarget>(keys, {
    visit: (i, was, value, { path, tape }) => {
      member(was, value, path + (suffixes[i] as string), differs[i] as Differ, tape)
      return true
    },
    others: (a, b, { path, tape }) => {
      const more = (key: string) => member(get(a, key), get(b, key), `${path}/${escape(key)}`, rest, tape)
      for (const key of keysOf(a)) if (!named.has(key)) more(key)
      for (const key of keysOf(b)) if (!named.has(key) && get(a, key) === undefined) more(key)
      return true
    },
    unlike: (a, b, { path, tape }) => {
      whole(a, b, path, tape)
      return true
    },
  })
  return (a, b, path, tape) => {
    if (tape.depth >= maxDepth) return whole(a, b, path, tape)
    tape.depth++
    compare(a, b, { path, tape })
    tape.depth--
  }
}

/** Where two objects stand, and where to write what differs in them. */
interface FieldTarget {
  readonly path: string
  readonly tape: OperationLog
}

/** The values of one key, `undefined` being absent. */
const member = (was: unknown, value: unknown, path: string, diff: Differ, tape: OperationLog): void => {
  if (Object.is(was, value)) return
  if (was === undefined) tape.operations.push({ op: 'add', path, value })
  else if (value === undefined) tape.operations.push({ op: 'remove', path, was })
  else diff(was, value, path, tape)
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
  const { by } = Identity.of(codec)
  if (by === 'unstated') return { matching: itemMatching(codec), same: nothing, other: diff }
  return { matching: itemMatching(codec), same: by === 'value' ? nothing : diff, other: whole }
}

/** Lists: removals, then additions and moves, then what differs within the items, at their last places. */
const list =
  ({ matching, same, other }: Items): Differ =>
  (a, b, path, tape) => {
    if (!isArray(a) || !isArray(b) || tape.depth >= maxDepth) return whole(a, b, path, tape)
    const { operations } = tape
    let start = 0
    while (start < a.length && start < b.length && matching.same(a[start], b[start])) start++
    // mostly nothing was added, or only at the end: no need to align what is aligned
    const alignment = start < a.length ? alignLists(a, b, matching, start) : undefined
    if (alignment === undefined)
      for (let j = start; j < b.length; j++) operations.push({ op: 'add', path: `${path}/${j}`, value: b[j] })
    else
      emit(alignment, {
        remove: index => operations.push({ op: 'remove', path: `${path}/${index}`, was: a[index] }),
        add: (index, j) => operations.push({ op: 'add', path: `${path}/${index}`, value: b[j] }),
        move: (from, to) => operations.push({ op: 'move', from: `${path}/${from}`, path: `${path}/${to}` }),
      })
    tape.depth++
    if (same !== nothing)
      for (let j = 0; j < start; j++) if (!Object.is(a[j], b[j])) same(a[j], b[j], `${path}/${j}`, tape)
    if (alignment !== undefined)
      for (let j = start; j < b.length; j++) {
        const i = alignment.from[j] as number
        if (i === -1 || Object.is(a[i], b[j])) continue
        const differ = alignment.outcome[j] === ItemOutcome.substituted ? other : same
        if (differ !== nothing) differ(a[i], b[j], `${path}/${j}`, tape)
      }
    tape.depth--
  }

const anyFields = fields(new Map(), json)
const anyList = list(itemsOf({ codec: t.unknown, diff: json }))

interface Node {
  readonly codec: t.Any
  readonly diff: Differ
  /** The codec says what the values consist of. */
  readonly hasParts?: boolean
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
  array: (item, codec) => ({ codec, diff: list(itemsOf(item)), hasParts: true }),
  tuple: (_, codec) => anything(codec),
  record: (_, codomain, codec) => ({ codec, diff: fields(new Map(), codomain.diff) }),
  struct: (named, _, codec) => ({
    codec,
    diff: fields(new Map(named.map(field => [field.key, field.value])), json),
    hasParts: true,
  }),
  union: (members, codec) => ({
    codec,
    diff: union(members),
    hasParts: members.some(m => m.hasParts === true),
  }),
  intersection: (_, codec) => anything(codec),
  refine: (inner, _, codec) => ({ ...inner, codec }),
  lazy: (get, codec) => ({ codec, diff: (a, b, path, tape) => get().diff(a, b, path, tape) }),
  opaque: anything,
}
