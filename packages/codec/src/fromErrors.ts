import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { type Invalid, type Issue, invalid } from './DecodeError.ts'
import { bareType } from './internal/bareType.ts'
import { distinct } from './internal/distinctIssues.ts'
import { expectationOf } from './internal/expectation.ts'
import { branch, type Branch, unionIssues } from './internal/unionIssues.ts'
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
    // a refinement or a tagged union itself refuses the value
    const members = node.failed && !kind.is(actual) ? membersOf(kind, actual) : node.children
    if (members.length > 0)
      return unionIssues(
        members.map(member => branchOf(member, path)),
        path,
        () => issueAt(path, type as t.Any, node),
      )
  }
  if (node.failed) return [issueAt(path, type as t.Any, node)]
  const isMember = kind instanceof t.IntersectionType
  const issues: Array<Issue> = []
  for (const child of node.children)
    push(issues, issuesAt(child, isMember ? path : [...path, keyOf(child.entry.key, actual)]))
  if (!isMember) return issues
  const message = issues.find(issue => issue.message !== undefined && issue.path.length === path.length)
  if (message !== undefined) return [message]
  const isAll = issues.length > 1 && issues.every(issue => issue.path.length === path.length)
  return isAll && node.children.length === kind.types.length
    ? [issueAt(path, type as t.Any, node)]
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

const branchOf = (member: Node, path: Path): Branch => {
  const { type, actual } = member.entry
  const tags = fieldsOf(member)
    .map(({ entry }) => ({ key: entry.key, type: entry.type as t.Any, actual: entry.actual }))
    .filter(tag => expectationOf(tag.type).literal)
  return branch(type as t.Any, actual, { issues: issuesAt(member, path), depth: path.length, tags })
}

/** The failed fields, wherever an intersection names them. */
const fieldsOf = (node: Node): ReadonlyArray<Node> =>
  bareType(node.entry.type) instanceof t.IntersectionType ? node.children.flatMap(fieldsOf) : node.children

const issueAt = (path: Path, type: t.Any, { entry, message }: Node): Issue => {
  const issue = { path, expected: expectationOf(type).text, actual: entry.actual }
  return message === undefined ? issue : { ...issue, message }
}

const keyOf = (key: string, parent: unknown) => (Array.isArray(parent) ? Number(key) : key)

/** Appends more issues than a call takes arguments. */
const push = (issues: Array<Issue>, more: ReadonlyArray<Issue>): void => {
  for (const issue of more) issues.push(issue)
}
