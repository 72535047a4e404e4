import type { DecodeError, Issue, Position } from './DecodeError.ts'
import { visible } from './visible.ts'

/** How long a drawn error is at most, in characters. */
export const maxDrawn = 8000

/**
 * The text of an error for people: one line an issue, with its place, what was expected and what was found.
 * `source` names the file or stream that the value came from.
 *
 * @example
 * const position = { offset: 40_611, line: 17, column: 203 }
 * const error = invalid([{ path: ['hyperparams', 'n_epochs'], expected: 'integer', actual: '4', position }])
 * draw(error, 'runs.ndjson') // => runs.ndjson:17:203 /hyperparams/n_epochs: expected integer, found "4"
 */
export const draw = (error: DecodeError, source?: string): string => {
  if (error._tag === 'Malformed') return `${where(source, error)}not ${error.format}: ${error.reason}`
  const lines: Array<string> = []
  let length = 0
  for (const issue of error.issues) {
    const line = `${where(source, issue.position)}${drawIssue(issue)}`
    length += line.length + 1
    if (length > maxDrawn) break
    lines.push(line)
  }
  const more = error.issues.length - lines.length + error.more
  return more === 0 ? lines.join('\n') : [...lines, `… and ${more} more`].join('\n')
}

const where = (source: string | undefined, at: Position | undefined): string => {
  const place = [
    ...(source === undefined ? [] : [source]),
    ...(at === undefined ? [] : [at.line, at.column]),
  ].join(':')
  return place === '' ? '' : `${place} `
}

const drawIssue = ({ path, expected, actual, message }: Issue): string => {
  const field = path.length === 0 ? '' : `${path.map(key => `/${escape(String(key))}`).join('')}: `
  return `${field}${message ?? `expected ${expected}, found ${drawValue(actual)}`}`
}

const escape = (key: string): string => visible(key.replaceAll('~', '~0').replaceAll('/', '~1'))

/** A value in at most a few words. */
const drawValue = (value: unknown): string => {
  switch (typeof value) {
    case 'undefined':
      return 'nothing'
    case 'string':
      return visible(JSON.stringify(short(value)))
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? `a list of ${value.length}` : 'an object'
    case 'function':
    case 'symbol':
      return `a ${typeof value}`
    default:
      return Object.is(value, -0) ? '-0' : String(value)
  }
}

const short = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 79)}…`)
