import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { compileCollector } from './compile/compileCollector.ts'
import { type DecodeError, invalid, type Issue } from './DecodeError.ts'
import { issueNotes, turnPaths } from './internal/issueNotes.ts'
import { readError } from './internal/readError.ts'
import { isStackOverflow } from './internal/isStackOverflow.ts'
import { fromErrors } from './fromErrors.ts'
import * as Validator from './Validator.ts'

/**
 * Decodes a value with readable errors: `right` of the decoded value, or `left` with every wrong
 * field, up to 100. Never throws: a value that is cyclic, too deep for the stack, or throws when it
 * is read is an error too.
 *
 * @example
 * decode(record('Point', { x: Integer }))({ x: 1.5 }) // =>
 * // either.left({ _tag: 'Invalid', issues: [{ path: ['x'], expected: 'integer', actual: 1.5 }], more: 0 })
 */
export const decode = <A, O, I>(codec: t.Type<A, O, I>): ((value: I) => E.Either<DecodeError, A>) => {
  const validator = Validator.of(codec)
  const issuesOf = issuesFor(codec)
  return value => {
    if (validator.accepts(value)) return E.right(value)
    const issues = issuesOf(value)
    if (issues !== undefined) {
      turnPaths(issues)
      return E.left(invalid(issues))
    }
    try {
      const result = validator.decode(value)
      return E.isRight(result) ? result : E.left(fromErrors(result.left))
    } catch (error) {
      const reason = readError(value)
      const issue = { path: [], expected: codec.name, actual: value }
      if (reason !== undefined)
        return E.left(invalid([{ ...issue, message: `reading the value throws: ${reason}` }]))
      if (!isStackOverflow(error)) throw error
      return E.left(invalid([{ ...issue, expected: `${codec.name}, nested less deeply` }]))
    }
  }
}

const collectors = new WeakMap<t.Any, (u: unknown) => Array<Issue> | undefined>()

/** The issues that generated code collects, as `fromErrors` would make them of io-ts's errors. */
const issuesFor = (codec: t.Any): ((u: unknown) => Array<Issue> | undefined) => {
  let issuesOf = collectors.get(codec)
  if (issuesOf === undefined) collectors.set(codec, (issuesOf = compileCollector(codec, issueNotes)))
  return issuesOf
}
