import { type DecodeError, type Malformed, type Position, positionOf } from './DecodeError.ts'
import type { EncodeError } from './EncodeError.ts'
import { drawPath, issueMessage } from './internal/issueMessage.ts'
import { utf8Length } from './internal/utf8Length.ts'
import { escapeUnprintable } from './escapeUnprintable.ts'

/** The longest drawn error, in bytes of UTF-8. */
const maxDrawn = 8000

/**
 * An error as text: one line for each issue with its position, what was expected and what was
 * found, then the number of further issues. Safe to print: control characters in keys and values
 * are escaped. `source` names the file or stream; for several tables, it may be a function that
 * returns the file of each. A record of an input without lines is named by its number; the reason
 * of an error in binary data names the byte.
 *
 * @example
 * const position = { offset: 40_611, line: 17, column: 203 }
 * const error = invalid([{ path: ['hyperparams', 'n_epochs'], expected: 'integer', actual: '4', position }])
 * draw(error, 'runs.ndjson') // => runs.ndjson:17:203 /hyperparams/n_epochs: expected integer, found "4"
 */
export const draw = (error: DecodeError | EncodeError, source?: Source): string => {
  if (error._tag === 'Malformed') {
    const hasLines = positionOf(error) !== undefined
    const place = where(source, { record: error.record, hasLines }, error)
    return `${place}not ${escapeUnprintable(error.format, 80)}: ${escapeUnprintable(error.reason, 1000)}${other(error)}`
  }
  if (error._tag === 'Unencodable') return `${where(source, error)}${escapeUnprintable(error.reason, 1000)}`
  const lines: Array<string> = []
  let size = 0
  for (const issue of error.issues) {
    const { path, position } = issue
    const line = `${where(source, { path, record: error.record }, position)}${issueMessage(issue)}`
    size += utf8Length(line) + 1
    if (size > maxDrawn - reserve) break
    lines.push(line)
  }
  const more = error.issues.length - lines.length + error.more
  return more === 0 ? lines.join('\n') : [...lines, furtherIssues(more, error.more > 0)].join('\n')
}

/**
 * The name of the file or stream, or a function from a table to its file; the main table has no
 * name.
 */
type Source = string | ((table?: string) => string)

/** The line for issues that are not shown; decoding does not count those beyond its limit. */
export const furtherIssues = (more: number, isLowerBound: boolean): string =>
  `… and ${isLowerBound ? 'at least ' : ''}${more} more`

/** Room for the line with the number of further issues. */
const reserve = 40

const other = ({ first }: Malformed): string =>
  first === undefined
    ? ''
    : ` (the first at line ${first.line}, column ${first.column}, byte ${first.offset})`

/** The beginning of a line: the file with the position or the number of the record, and the path. */
const where = (
  source: Source | undefined,
  {
    path = [],
    record,
    hasLines = record === undefined,
  }: { readonly path?: Path; readonly record?: number | undefined; readonly hasLines?: boolean },
  position?: Position,
): string => {
  const table = position?.table
  const names = typeof source === 'function' ? [source(table)] : [source, table]
  const isNumbered = record !== undefined
  const place = [
    ...names.filter(name => name !== undefined).map(name => escapeUnprintable(name, 400)),
    ...(hasLines && position !== undefined ? [position.line, position.column] : []),
  ].join(':')
  const field = path.length === 0 ? '' : `${drawPath(path)}: `
  const rest = isNumbered ? `record ${record}${field === '' ? ': ' : ` ${field}`}` : field
  return place === '' ? rest : `${place}${hasLines ? '' : ':'} ${rest}`
}

type Path = Parameters<typeof drawPath>[0]
