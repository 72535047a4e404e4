import type * as t from 'io-ts'
import type { CodeEmitter } from '../compile/CodeEmitter.ts'
import { type FailureNotes, type FailurePart, isObject } from '../compile/FailurePart.ts'
import { unsure as unsureSign } from '../compile/FailureSource.ts'
import { type Issue, maxIssues } from '../DecodeError.ts'
import { distinct } from './distinctIssues.ts'
import { expectationOf } from './expectation.ts'
import { reverse } from '../compile/reverse.ts'
import { once } from './once.ts'
import { branch, unionIssues } from './unionIssues.ts'

/** Failures as issues, whose paths begin with the innermost key. */
export const issueNotes = ({ bound }: CodeEmitter, unsure: string): FailureNotes<Issue> => {
  const words = (codec: t.Any) => bound({ codec } satisfies Words)
  const textOf = bound(textFor)
  const issue = (path: string, words: string, v: string) =>
    `e.push({ path: [${path}], expected: ${textOf}(${words}), actual: ${v} })`
  const own = issue('', 't', 'x')
  return {
    own,
    field: (v, key, codec) => issue(key, words(codec), v),
    within: (m, _, key) => `${bound(addKey)}(e, ${m}, ${key})`,
    entry: words,
    member: (_, { test, isLeaf, collect }, codec) =>
      test === undefined || isLeaf !== true
        ? `${collect()}(x, e, ${words(codec)})\n`
        : `if (!(${test('x')})) ${issue('', words(codec), 'x')}\n`,
    record: (_, required, optional) =>
      `if (!(${isObject('x')})) {\n${own}\nreturn\n}\n${required}${optional}`,
    intersection: count => `if (failed !== 0 && ${bound(mergeMembers)}(e, m, failed === ${count})) ${own}`,
    union: (members, { types }, marks) => {
      const choose = chooseMember(members, types)
      return choose === undefined ? `${unsure}()` : `${bound(choose)}(e, ${marks}, x, t)`
    },
    unknownTag: all => all,
    namesMembers: false,
    full: `if (e.length > ${maxIssues}) return`,
  }
}

/** A codec, and its expectation once a failure needs it: making the text of each takes long. */
interface Words {
  readonly codec: t.Any
  text?: string
}

const textFor = (words: Words): string => (words.text ??= expectationOf(words.codec).text)

type Issues = Array<Issue>

/** The path of a collected issue, which the generated code made for it alone. */
const pathOf = ({ path }: Issue) => path as Array<string | number>

/** Adds the next outer key to the paths of the issues from this index on. */
const addKey = (issues: Issues, from: number, key: string | number): void => {
  for (let i = from; i < issues.length; i++) pathOf(issues[i] as Issue).push(key)
}

/** Turns the paths of collected issues, which were made from the inside out. */
export const turnPaths = (issues: Issues): void => {
  for (const issue of issues) reverse(pathOf(issue))
}

/** Leaves to io-ts what depends on more issues than were collected. */
const cut = (issues: Issues, from: number): Issues => {
  if (issues.length > maxIssues) throw unsureSign
  return issues.splice(from)
}

/** Keeps one issue for each path, or none if every member refuses the value itself. */
const mergeMembers = (issues: Issues, from: number, isEach: boolean): boolean => {
  const all = cut(issues, from)
  if (isEach && all.length > 1 && all.every(({ path }) => path.length === 0)) return true
  issues.push(...distinct(all))
  return false
}

type Choose = (issues: Issues, marks: ReadonlyArray<number>, x: unknown, union: Words) => void

/** Keeps the issues of the intended member of a union; `undefined` where only io-ts's errors tell. */
const chooseMember = (
  members: ReadonlyArray<FailurePart>,
  types: ReadonlyArray<t.Any>,
): Choose | undefined => {
  const isPlain = members.every(({ isLeaf, fields }) => isLeaf === true || hasOnce(fields?.()))
  if (!isPlain) return undefined
  const all = once(() =>
    members.map(({ fields }, i) => ({
      type: types[i] as t.Any,
      tags: (fields?.() ?? []).filter(([, codec]) => expectationOf(codec).literal),
    })),
  )
  return (issues, marks, x, union) => {
    const found = cut(issues, marks[0] as number)
    const at = (i: number) => (marks[i] ?? Infinity) - (marks[0] as number)
    const branches = all().map(({ type, tags }, i) => {
      const own = found.slice(at(i), at(i + 1))
      const others = tags.flatMap(([key, tag]) => {
        const issue = own.find(({ path }) => path.length === 1 && path[0] === key)
        return issue === undefined ? [] : [{ key, type: tag, actual: issue.actual }]
      })
      return branch(type, x, { issues: own, depth: 0, tags: others })
    })
    issues.push(...unionIssues(branches, [], () => ({ path: [], expected: textFor(union), actual: x })))
  }
}

/** True for fields with different keys. */
const hasOnce = (fields: ReturnType<NonNullable<FailurePart['fields']>>): boolean =>
  fields !== undefined && new Set(fields.map(([key]) => key)).size === fields.length
