import * as t from 'io-ts'
import type { Issue } from '../DecodeError.ts'
import { either, expectationOf } from './expectation.ts'

type Issues = ReadonlyArray<Issue>

/** A literal field of a union member that has another value. */
export interface Tag {
  readonly key: string
  readonly type: t.Any
  readonly actual: unknown
}

/** The answer of one member of a union. */
export interface Branch {
  readonly issues: Issues
  readonly fit: number
  readonly tags: ReadonlyArray<Tag>
}

/** The fit of a value to a union member that refuses it, from none to all but a refinement. */
const Fit = { none: 0, otherTag: 1, untagged: 2, tagged: 3, unrefined: 4 } as const

/** The branch of a member with these issues of a value that has a path of this length, `depth`. */
export const branch = (
  type: t.Any,
  actual: unknown,
  { issues, depth, tags }: Pick<Branch, 'issues' | 'tags'> & { readonly depth: number },
): Branch => {
  const fitOf = () => {
    if (issues.some(issue => issue.path.length === depth))
      return type instanceof t.RefinementType && t.UnknownRecord.is(actual) && (type.type as t.Any).is(actual)
        ? Fit.unrefined
        : Fit.none
    if (tags.length > 0) return Fit.otherTag
    return expectationOf(type).tags().length > 0 ? Fit.tagged : Fit.untagged
  }
  return { issues, fit: fitOf(), tags }
}

/**
 * The issues of the intended member: the value has its type and its literals. `own` is the issue of
 * the union itself.
 */
export const unionIssues = (
  branches: ReadonlyArray<Branch>,
  path: Issue['path'],
  own: () => Issue,
): Issues => {
  if (branches.length === 1) return (branches[0] as Branch).issues
  const best = Math.max(...branches.map(({ fit }) => fit))
  if (best === Fit.none) {
    const message = branches
      .flatMap(({ issues }) => issues)
      .find(issue => issue.message !== undefined)?.message
    return [message === undefined ? own() : { ...own(), message }]
  }
  const tags = best > Fit.untagged ? [] : commonTag(branches, best)
  const [tag] = tags
  if (tag !== undefined) return [{ path: [...path, tag.key], expected: expectedOf(tags), actual: tag.actual }]
  const meant = branches.filter(({ fit }) => fit === best)
  return meant.reduce((a, b) => (isCloser(b, a) ? b : a)).issues
}

/** True if a branch has fewer issues than another, or as many and fewer of them for absent keys. */
const isCloser = ({ issues: a }: Branch, { issues: b }: Branch): boolean =>
  a.length < b.length || (a.length === b.length && absentIn(a) < absentIn(b))

const absentIn = (issues: Issues): number => issues.filter(({ actual }) => actual === undefined).length

/**
 * The field that discriminates all members with literals, where the value has another literal
 * there, or nothing else fits.
 */
const commonTag = (branches: ReadonlyArray<Branch>, best: number): ReadonlyArray<Tag> => {
  const tagged = branches.filter(({ fit }) => fit === Fit.otherTag).map(({ tags }) => tags)
  const same = (tag: Tag) =>
    tagged.map(tags => tags.find(({ key }) => key === tag.key)).filter(other => other !== undefined)
  const isCommon = (tags: ReadonlyArray<Tag>) =>
    tags.length === tagged.length && (best === Fit.otherTag || tags[0]?.actual !== undefined)
  return tagged[0]?.map(same).find(isCommon) ?? []
}

const expectedOf = (tags: ReadonlyArray<Tag>): string => {
  const all = tags.map(({ type }) => expectationOf(type))
  const [only, ...others] = all
  return only !== undefined && others.length === 0
    ? only.text
    : either([...new Set(all.flatMap(({ words }) => words))])
}
