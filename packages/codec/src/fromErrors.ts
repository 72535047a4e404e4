import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { type Invalid, type Issue, invalid } from './DecodeError.ts'
import { bareType } from './internal/bareType.ts'
import { either, expectationOf } from './internal/expectation.ts'
import * as Validator from './Validator.ts'

/** The issues of io-ts's errors: real paths, and one issue for each field, also for unions. */
export const fromErrors = (errors: t.Errors): Invalid => invalid(issuesAt(treeOf(errors), []))

/** The contexts of all errors as a tree. */
interface Node {
  readonly entry: t.ContextEntry
  readonly children: Array<Node>
  failed: boolean
  message?: string
}

const treeOf = (errors: t.Errors): Node => {
  const root = nodeOf(errors[0]?.context[0] ?? { key: '', type: t.never })
  const byKey = new Map<Node, Map<string, Node>>()
  for (const { context, message } of errors) {
    let node = root
    for (let depth = 1; depth < context.length; depth++)
      node = childOf(node, context[depth] as t.ContextEntry, byKey)
    node.failed = true
    if (message !== undefined) node.message = message
  }
  return root
}

const nodeOf = (entry: t.ContextEntry): Node => ({ entry, children: [], failed: false })

/** The child for an entry. Errors come in key order, so that it is nearly always the last one. */
const childOf = (node: Node, entry: t.ContextEntry, byKey: Map<Node, Map<string, Node>>): Node => {
  const last = node.children.at(-1)
  if (last?.entry.key === entry.key) return last
  let index = byKey.get(node)
  if (index === undefined) byKey.set(node, (index = new Map()))
  const known = index.get(entry.key)
  if (known !== undefined) return known
  const child = nodeOf(entry)
  index.set(entry.key, child)
  node.children.push(child)
  return child
}

type Path = Issue['path']

const issuesAt = (node: Node, path: Path): ReadonlyArray<Issue> => {
  const { type, actual } = node.entry
  const kind = bareType(type)
  if (kind instanceof t.UnionType && node.message === undefined) {
    const members = node.failed ? membersOf(kind, actual) : node.children
    if (members.length > 0) return ofUnion(members, node, path)
  }
  if (node.failed) return [issueAt(path, [type], node)]
  const isMember = kind instanceof t.IntersectionType
  const issues: Array<Issue> = []
  for (const child of node.children)
    push(issues, issuesAt(child, isMember ? path : [...path, keyOf(child.entry.key, actual)]))
  if (!isMember) return issues
  const message = issues.find(issue => issue.message !== undefined && issue.path.length === path.length)
  if (message !== undefined) return [message]
  const isAll = issues.length > 1 && issues.every(issue => issue.path.length === path.length)
  return isAll && node.children.length === kind.types.length
    ? [issueAt(path, [type], node)]
    : distinct(issues)
}

/** The members' errors of a tagged union, which io-ts does not collect. */
const membersOf = (union: t.UnionType<Array<t.Any>>, actual: unknown): ReadonlyArray<Node> =>
  t.UnknownRecord.is(actual)
    ? union.types.flatMap(member => {
        const result = Validator.of(member).decode(actual)
        return E.isLeft(result) ? [treeOf(result.left)] : []
      })
    : []

/** The issues of the intended member: the value has its type and its literals. */
const ofUnion = (members: ReadonlyArray<Node>, union: Node, path: Path): ReadonlyArray<Issue> => {
  const branches = members.map(member => branchOf(member, path))
  if (branches.length === 1) return (branches[0] as Branch).issues
  const best = Math.max(...branches.map(branch => branch.fit))
  if (best === Fit.none) {
    const message = branches
      .flatMap(({ issues }) => issues)
      .find(issue => issue.message !== undefined)?.message
    const own = issueAt(path, [union.entry.type], union)
    return [message === undefined ? own : { ...own, message }]
  }
  const tag = best > Fit.untagged ? undefined : commonTag(branches, best)
  if (tag !== undefined)
    return [
      issueAt(
        [...path, tag[0].entry.key],
        tag.map(field => field.entry.type),
        tag[0],
      ),
    ]
  const meant = branches.filter(({ fit }) => fit === best)
  return meant.reduce((a, b) => (isCloser(b, a) ? b : a)).issues
}

/** True if a branch has fewer issues than another, or as many and fewer of them for absent keys. */
const isCloser = ({ issues: a }: Branch, { issues: b }: Branch): boolean =>
  a.length < b.length || (a.length === b.length && absentIn(a) < absentIn(b))

const absentIn = (issues: ReadonlyArray<Issue>): number =>
  issues.filter(({ actual }) => actual === undefined).length

/** The fit of a value to a union member that refuses it, from none to all but a refinement. */
const Fit = { none: 0, otherTag: 1, untagged: 2, tagged: 3, unrefined: 4 } as const

interface Branch {
  readonly issues: ReadonlyArray<Issue>
  readonly fit: number
  /** The literal fields with another value than the member's. */
  readonly tags: ReadonlyArray<Node>
}

const branchOf = (member: Node, path: Path): Branch => {
  const { type, actual } = member.entry
  const issues = issuesAt(member, path)
  const tags = fieldsOf(member).filter(field => expectationOf(field.entry.type as t.Any).literal)
  const fitOf = () => {
    if (
      member.failed &&
      type instanceof t.RefinementType &&
      t.UnknownRecord.is(actual) &&
      type.type.is(actual)
    )
      return Fit.unrefined
    if (issues.some(issue => issue.path.length === path.length)) return Fit.none
    if (tags.length > 0) return Fit.otherTag
    return expectationOf(type as t.Any).tags().length > 0 ? Fit.tagged : Fit.untagged
  }
  return { issues, fit: fitOf(), tags }
}

/**
 * The field that discriminates all members with literals, where the value has another literal
 * there, or nothing else fits.
 */
const commonTag = (
  branches: ReadonlyArray<Branch>,
  best: number,
): readonly [Node, ...Array<Node>] | undefined => {
  const tagged = branches.filter(({ fit }) => fit === Fit.otherTag).map(({ tags }) => tags)
  const same = (field: Node) =>
    tagged.map(tags => tags.find(({ entry }) => entry.key === field.entry.key)).filter(f => f !== undefined)
  const [first, ...others] =
    tagged[0]
      ?.map(same)
      .find(
        fields =>
          fields.length === tagged.length && (best === Fit.otherTag || fields[0]?.entry.actual !== undefined),
      ) ?? []
  return first && [first, ...others]
}

/** The failed fields, wherever an intersection names them. */
const fieldsOf = (node: Node): ReadonlyArray<Node> =>
  bareType(node.entry.type) instanceof t.IntersectionType ? node.children.flatMap(fieldsOf) : node.children

const issueAt = (path: Path, types: ReadonlyArray<t.Decoder<any, any>>, { entry, message }: Node): Issue => {
  const all = types.map(type => expectationOf(type as t.Any))
  const [only, ...others] = all
  const expected =
    only !== undefined && others.length === 0
      ? only.text
      : either([...new Set(all.flatMap(({ words }) => words))])
  const issue = { path, expected, actual: entry.actual }
  return message === undefined ? issue : { ...issue, message }
}

const keyOf = (key: string, parent: unknown) => (Array.isArray(parent) ? Number(key) : key)

/** Appends more issues than a call takes arguments. */
const push = (issues: Array<Issue>, more: ReadonlyArray<Issue>): void => {
  for (const issue of more) issues.push(issue)
}

/** The last issue of each field. */
const distinct = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> => {
  if (issues.length < 2) return issues
  const last = new Map(issues.map(issue => [nameOf(issue.path), issue]))
  return last.size === issues.length ? issues : [...last.values()]
}

/** A name for a path: each key after its length, so that no two paths share one. */
const nameOf = (path: Path): string => {
  let name = ''
  for (const key of path) name += `${String(key).length}:${key}`
  return name
}
