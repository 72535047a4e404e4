import * as t from 'io-ts'
import { type Invalid, type Issue, invalid } from './DecodeError.ts'

/** The issues behind io-ts's own errors: real paths, and one issue a field, also where a union has many branches. */
export const ofErrors = (errors: t.Errors): Invalid => invalid(issuesAt(treeOf(errors), []))

/** The contexts of all errors, as the tree they are paths of. */
interface Node {
  readonly entry: t.ContextEntry
  readonly children: Map<string, Node>
  failed: boolean
  message?: string
}

const treeOf = (errors: t.Errors): Node => {
  const root = nodeOf(errors[0]?.context[0] as t.ContextEntry)
  for (const { context, message } of errors) {
    let node = root
    for (const entry of context.slice(1)) {
      let child = node.children.get(entry.key)
      if (child === undefined) node.children.set(entry.key, (child = nodeOf(entry)))
      node = child
    }
    node.failed = true
    if (message !== undefined) node.message = message
  }
  return root
}

const nodeOf = (entry: t.ContextEntry): Node => ({ entry, children: new Map(), failed: false })

type Path = Issue['path']

const issuesAt = (node: Node, path: Path): ReadonlyArray<Issue> => {
  const { type, actual } = node.entry
  const own = { path, expected: type.name, actual }
  if (node.failed) return [node.message === undefined ? own : { ...own, message: node.message }]
  const children = [...node.children.values()]
  if (type instanceof t.IntersectionType) return distinct(children.flatMap(child => issuesAt(child, path)))
  if (type instanceof t.UnionType)
    return (
      closest(
        children.map(child => issuesAt(child, path)),
        path,
      ) ?? [own]
    )
  return children.flatMap(child => issuesAt(child, [...path, keyOf(child.entry.key, actual)]))
}

/** Among the branches that are of the value's kind at all, the one with the fewest issues. */
const closest = (branches: ReadonlyArray<ReadonlyArray<Issue>>, path: Path) =>
  branches
    .filter(issues => issues.every(issue => issue.path.length > path.length))
    .reduce<ReadonlyArray<Issue> | undefined>(
      (a, b) => (a !== undefined && a.length <= b.length ? a : b),
      undefined,
    )

const keyOf = (key: string, parent: unknown) => (Array.isArray(parent) ? Number(key) : key)

const distinct = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> => [
  ...new Map(issues.map(issue => [JSON.stringify(issue.path), issue])).values(),
]
