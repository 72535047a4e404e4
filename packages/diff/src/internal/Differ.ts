import { Eq, Identity, Shape } from '@finetune-kit/codec'
import { compileFieldComparison, isPlainObject } from '@finetune-kit/codec/compile'
import * as t from 'io-ts'
import { get, isArray, keysOf } from './json.ts'
import { escape } from '../JsonPointer.ts'
import { itemMatching } from './itemMatching.ts'
import type { Operation } from '../Operation.ts'
import { alignLists, ItemOutcome, type Matching } from './alignLists.ts'
import { emit } from './listEdits.ts'

/** The operations written so far, and the number of levels below the root. */
export interface OperationLog {
  readonly operations: Array<Operation>
  depth: number
}

/** Logs the operations that turn `a` into `b`, both at `path`. */
export type Differ = (a: unknown, b: unknown, path: string, log: OperationLog) => void

/**
 * Derives the differ of a codec: its structure tells the parts, the identity of items tells which
 * are the same.
 */
export const of = (codec: t.Any): Differ => Shape.fold(algebra)(codec).diff

/** Below this depth a value is replaced as a whole, which bounds work and stack. */
export const maxDepth = 64

const { equals } = Eq.of(t.unknown)

/** Values without parts: equal, or replaced. */
const whole: Differ = (a, b, path, log) => {
  if (!equals(a, b)) log.operations.push({ op: 'replace', path, was: a, value: b })
}

/** Any JSON value, by its own structure. */
const json: Differ = (a, b, path, log) => {
  if (!Object.is(a, b)) (isArray(a) ? anyList : isPlainObject(a) ? anyFields : whole)(a, b, path, log)
}

/**
 * Named fields, each by its own differ; other keys as any JSON. Equality is asked first: most
 * fields are equal, and equality is several times cheaper than a walk that can write.
 */
const fields = (named: ReadonlyMap<string, Node>, rest: Differ): Differ => {
  const keys = [...named.keys()]
  const differs = Array.from(named.values(), ({ codec, diff, hasParts }): Differ => {
    if (hasParts !== true) return diff
    const { equals } = Eq.of(codec)
    return (a, b, path, log) => {
      if (!equals(a, b)) diff(a, b, path, log)
    }
  })
  const suffixes = keys.map(key => `/${escape(key)}`)
  const compare = compileFieldComparison<FieldTarget>(keys, {
    visit: (i, was, value, { path, log }) => {
      member(was, value, path + (suffixes[i] as string), differs[i] as Differ, log)
      return true
    },
    others: (a, b, { path, log }) => {
      const more = (key: string) => member(get(a, key), get(b, key), `${path}/${escape(key)}`, rest, log)
      for (const key of keysOf(a)) if (!named.has(key)) more(key)
      for (const key of keysOf(b)) if (!named.has(key) && get(a, key) === undefined) more(key)
      return true
    },
    unlike: (a, b, { path, log }) => {
      whole(a, b, path, log)
      return true
    },
  })
  return (a, b, path, log) => {
    if (log.depth >= maxDepth) return whole(a, b, path, log)
    log.depth++
    compare(a, b, { path, log })
    log.depth--
  }
}

/** The path of two objects, and the log for their differences. */
interface FieldTarget {
  readonly path: string
  readonly log: OperationLog
}

/** Compares the values of one key, `undefined` being absent. */
const member = (was: unknown, value: unknown, path: string, diff: Differ, log: OperationLog): void => {
  if (Object.is(was, value)) return
  if (was === undefined) log.operations.push({ op: 'add', path, value })
  else if (value === undefined) log.operations.push({ op: 'remove', path, was })
  else diff(was, value, path, log)
}

/** The matching of list items, and the differs for two that are paired. */
interface Items {
  readonly matching: Matching<unknown>
  /** For two that are the same item. */
  readonly same: Differ
  /** For one that took the place of another. */
  readonly other: Differ
}

const nothing: Differ = () => {}

const itemsOf = ({ codec, diff }: Node): Items => {
  const { by } = Identity.of(codec)
  if (by === 'unstated') return { matching: itemMatching(codec), same: nothing, other: diff }
  return { matching: itemMatching(codec), same: by === 'value' ? nothing : diff, other: whole }
}

/**
 * Lists: removals, then additions and moves, then differences within the items at their last
 * indexes.
 */
const list =
  ({ matching, same, other }: Items): Differ =>
  (a, b, path, log) => {
    if (!isArray(a) || !isArray(b) || log.depth >= maxDepth) return whole(a, b, path, log)
    const { operations } = log
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
    log.depth++
    if (same !== nothing)
      for (let j = 0; j < start; j++) if (!Object.is(a[j], b[j])) same(a[j], b[j], `${path}/${j}`, log)
    if (alignment !== undefined)
      for (let j = start; j < b.length; j++) {
        const i = alignment.from[j] as number
        if (i === -1 || Object.is(a[i], b[j])) continue
        const differ = alignment.outcome[j] === ItemOutcome.substituted ? other : same
        if (differ !== nothing) differ(a[i], b[j], `${path}/${j}`, log)
      }
    log.depth--
  }

const anyFields = fields(new Map(), json)
const anyList = list(itemsOf({ codec: t.unknown, diff: json }))

interface Node {
  readonly codec: t.Any
  readonly diff: Differ
  /** True if the codec names the parts of its values. */
  readonly hasParts?: boolean
}

const leaf = (codec: t.Any): Node => ({ codec, diff: whole })
const anything = (codec: t.Any): Node => ({ codec, diff: json })

/** The differ of the first member that both values belong to. */
const union = (members: ReadonlyArray<Node>): Differ => {
  const parts = members.filter(({ diff }) => diff !== whole)
  const only = parts.length === 1 ? parts[0] : undefined
  // the differ of a struct or a list takes any value: what it cannot divide, it replaces
  if (only !== undefined) return only.diff
  return (a, b, path, log) => {
    const member = parts.find(({ codec }) => codec.is(a) && codec.is(b))
    ;(member?.diff ?? json)(a, b, path, log)
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
  lazy: (get, codec) => ({ codec, diff: (a, b, path, log) => get().diff(a, b, path, log) }),
  opaque: anything,
}
