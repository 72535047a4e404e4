import type { Issue } from '../DecodeError.ts'

/** The last issue of each field. */
export const distinct = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> => {
  if (issues.length < 2) return issues
  const last = new Map(issues.map(issue => [nameOf(issue.path), issue]))
  return last.size === issues.length ? issues : [...last.values()]
}

/** A name for a path: each key after its length, so that no two paths share one. */
const nameOf = (path: Issue['path']): string => {
  let name = ''
  for (const key of path) name += `${String(key).length}:${key}`
  return name
}
