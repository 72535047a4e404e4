import type { Issue } from '../DecodeError.ts'
import { escapeUnprintable } from '../escapeUnprintable.ts'
import { truncate } from './truncate.ts'

/** The message of an issue without its place: the author's, or what was expected and found. */
export const issueMessage = (issue: Issue): string =>
  escapeUnprintable(issue.message ?? usualMessage(issue), 1000)

const usualMessage = ({ expected, actual }: Issue): string => {
  const expectation = `expected ${escapeUnprintable(expected, 400)}`
  return actual === undefined ? `missing, ${expectation}` : `${expectation}, found ${drawValue(actual)}`
}

/** A path as a JSON Pointer (RFC 6901); the middle of a long one is left out. */
export const drawPath = (path: Issue['path']): string => {
  const shown = path.length <= 12 ? path : [...path.slice(0, 6), '…', ...path.slice(-5)]
  return shown
    .map(key => `/${escapeUnprintable(String(key), 80).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}

/** A value in at most a few words. */
const drawValue = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(truncate(value, 80))
    case 'object':
      return value === null ? 'null' : drawObject(value)
    case 'function':
    case 'symbol':
    case 'bigint':
      return `a ${typeof value}`
    default:
      return Object.is(value, -0) ? '-0' : String(value)
  }
}

/** A revoked proxy throws when it is asked for its length. */
const drawObject = (value: object): string => {
  try {
    if (!Array.isArray(value)) return 'an object'
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  } catch {
    return 'an object'
  }
}
