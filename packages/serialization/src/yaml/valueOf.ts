import type { Issue } from '@finetune-kit/codec'
import { truncate } from '@finetune-kit/codec/compile'
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  visit,
} from 'yaml'
import * as E from '#fp-ts/Either'
import { numberLoss } from '../json/numberLoss.ts'
import { type Rules, tooManyValues } from '../json/walkJson.ts'
import { repeatedKey } from './parseErrors.ts'

export interface Flaw {
  readonly at: number
  readonly reason: string
}

/** The most values that aliases may produce: nine nested levels of nine aliases would make 9^9. */
const maxUnfolded = 100_000

/**
 * Makes a reader of the nodes of a document, in their order: the JSON value of one, or the first
 * part without one. The library's own conversion rounds numbers that a double does not hold, and
 * takes quadratic time for duplicate keys and aliases.
 */
export const nodeReader = ({ maxDepth, maxValues, strict }: Rules) => {
  let unfolded = 0
  let values = 0
  let flaw: Flaw | undefined
  const anchors = new Map<string, Node>()
  const targets = new Map<Node, Node | undefined>() // an anchor may be redefined
  const refuse = (node: unknown, reason: string): undefined => {
    flaw ??= { at: beginOf(node), reason }
    return undefined
  }
  const open = new Set<Node>() // anchored lists and objects around a node
  const targetOf = (alias: Alias, inAlias: boolean): Node | undefined => {
    if (!inAlias) targets.set(alias, anchors.get(alias.source))
    return targets.get(alias)
  }

  const one = (node: unknown, depth: number, inAlias: boolean): unknown => {
    if (flaw !== undefined) return undefined
    if (inAlias && ++unfolded > maxUnfolded)
      return refuse(node, `aliases that expand to more than ${maxUnfolded} values`)
    if (isAlias(node)) {
      const target = targetOf(node, inAlias)
      if (target === undefined) return refuse(node, 'an alias without an anchor')
      if (open.has(target)) return refuse(node, 'an alias inside of what it stands for. Write it out')
      return one(target, depth, true)
    }
    if (++values > maxValues) return refuse(node, tooManyValues(maxValues))
    if (!inAlias && isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node)
    if (isScalar(node)) {
      const reason = loss(node, strict)
      return reason === undefined ? node.value : refuse(node, reason)
    }
    if (node === null) return null
    if (depth === maxDepth) return refuse(node, `nested more than ${maxDepth} levels deep`)
    if (!isNode(node) || node.anchor === undefined) return collection(node, depth, inAlias)
    open.add(node)
    const value = collection(node, depth, inAlias)
    open.delete(node)
    return value
  }

  const collection = (node: unknown, depth: number, inAlias: boolean): unknown => {
    if (isSeq(node)) return node.items.map(item => one(item, depth + 1, inAlias))
    if (!isMap(node)) return refuse(node, 'not a JSON value')
    const entries = new Map<string, unknown>()
    for (const { key: written, value } of node.items) {
      const key = isAlias(written) ? targetOf(written, inAlias) : written
      if (!isScalar(key) || typeof key.value !== 'string') {
        refuse(written, 'a key that is not a string. Quote it')
        break
      }
      if (entries.has(key.value)) {
        refuse(written, repeatedKey)
        break
      }
      if (!inAlias && key.anchor !== undefined) anchors.set(key.anchor, key)
      entries.set(key.value, one(value, depth + 1, inAlias))
    }
    return Object.fromEntries(entries)
  }

  /** Keeps the anchors of a refused node, which later nodes may refer to. */
  const keepAnchors = (node: Node): void => {
    visit(node, {
      Alias: (_, alias) => void (targets.has(alias) || targetOf(alias, false)),
      Value: (_, inner) => void (inner.anchor !== undefined && anchors.set(inner.anchor, inner)),
    })
  }

  return (node: unknown): E.Either<Flaw, unknown> => {
    unfolded = 0
    values = 0
    flaw = undefined
    const value = one(node, 0, false)
    const found: Flaw | undefined = flaw
    if (found === undefined) return E.right(value)
    if (isNode(node)) keepAnchors(node)
    return E.left(found)
  }
}

const isDecimal = /^[-+]?(?:\d|\.\d)[\d.]*(?:[eE][-+]?\d+)?$/

/** The index at which a node starts. */
export const beginOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0

const loss = ({ value, source = '' }: Scalar, strict: boolean): string | undefined => {
  if (typeof value !== 'number') return undefined
  if (strict && isDecimal.test(source)) return numberLoss(source)
  if (!Number.isFinite(value))
    return /\d/.test(source)
      ? `the number ${source} is beyond the range of a double`
      : `${source} is not a number of JSON`
  const whole = /^[-+]?(\d+|0x[\da-fA-F]+|0o[0-7]+)$/.test(source)
  // the shortest decimal text of a double is exact by definition, even with more digits
  return whole && !Number.isSafeInteger(value) && String(value) !== source && BigInt(source) !== BigInt(value)
    ? `the number ${source} is not held exactly by a double`
    : undefined
}

/** The message of a text that YAML takes for another value because it has no quotes. */
export const unquotedText = (node: unknown, { expected, actual }: Issue): string | undefined =>
  isScalar(node) &&
  node.type === 'PLAIN' &&
  node.value === actual &&
  (typeof actual === 'number' || typeof actual === 'boolean') &&
  mayBeText.test(expected)
    ? `expected ${expected}, found ${truncate(node.source ?? '', 80)}, a ${typeof actual}. Quote it`
    : undefined

/** A string, or one of several; not a list of strings. */
const mayBeText = /(?:^|, | or )string(?:$|, | or )/

/** The node at a path; for a missing key, the object that lacks it. */
export const nodeAt = (doc: Document.Parsed, root: unknown, path: Issue['path']): unknown => {
  let node = root
  for (const key of path) {
    const at = isAlias(node) ? node.resolve(doc) : node
    const pairs: ReadonlyArray<Pair> = isMap(at) ? at.items : []
    const inside = isSeq(at)
      ? at.items[Number(key)]
      : pairs.find(pair => isScalar(pair.key) && pair.key.value === key)?.value
    if (inside === undefined || inside === null) break
    node = inside
  }
  return node
}
