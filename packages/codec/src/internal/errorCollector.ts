import * as t from 'io-ts'
import { maxIssues } from '../DecodeError.ts'
import { bareType } from './bareType.ts'

/** The errors of a value's parts, until they make more issues than an error holds. */
export interface ErrorCollector {
  /** Adds the errors of one field or item. */
  readonly add: (errors: t.Errors) => void
  /** True once further errors cannot change the first {@link maxIssues} issues. */
  readonly isFull: () => boolean
  /** Failures if there are errors, else the value. */
  readonly result: <A>(value: A) => t.Validation<A>
}

/**
 * A collector for the parts of a value with this context. A large value with a wrong part in every
 * item would otherwise cost hundreds of times its own memory in contexts.
 */
export const errorCollector = (context: t.Context): ErrorCollector => {
  const all: t.Errors = []
  let issues = 0
  return {
    add: errors => {
      for (const error of errors) all.push(error)
      issues += counts.get(errors) ?? leastIssues(errors, context.length)
    },
    isFull: () => issues > maxIssues,
    result: value => {
      if (all.length === 0) return t.success(value)
      counts.set(all, issues)
      return t.failures(all)
    },
  }
}

/** The issues of collected errors, so that outer values do not count them again. */
const counts = new WeakMap<t.Errors, number>()

/** A lower bound of the issues that `fromErrors` makes of a part's errors. */
const leastIssues = (errors: t.Errors, depth: number): number =>
  // an author's message may stand for all other issues of an intersection
  errors.length === 1 || errors.some(({ message }) => message !== undefined)
    ? 1
    : new Set(errors.map(({ context }) => pathBelow(context, depth))).size

/** The path of an error as a name, up to the first union: it may keep one issue of all. */
const pathBelow = (context: t.Context, depth: number): string => {
  let path = ''
  for (let i = depth; i < context.length; i++) {
    const parent = bareType((context[i - 1] as t.ContextEntry).type)
    if (parent instanceof t.UnionType) break
    const { key } = context[i] as t.ContextEntry
    if (!(parent instanceof t.IntersectionType)) path += `${key.length}:${key}`
  }
  return path
}
