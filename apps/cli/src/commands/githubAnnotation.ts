import { type DecodeError, draw, type Position, positionOf } from '@finetune-kit/codec'

/** A problem of a file at a line or a record of it, where that is known. */
export interface Problem {
  /** The JSON Pointer to the field that it is about. Default: the record or the file. */
  readonly path?: string
  /** True if the record is valid, and only odd. */
  readonly isWarning?: boolean
  readonly file: string
  readonly at?: { readonly line?: number; readonly record?: number }
  readonly message: string
}

/**
 * Draws an error as annotations of a pull request, a line for each issue: workflow commands of
 * GitHub Actions. A message cannot start a command of its own, because line breaks and `%` are
 * escaped.
 */
export const githubAnnotation = (error: DecodeError, file: string): string => {
  if (error._tag === 'Malformed')
    // the annotation is at the line and the column already
    return annotation(file, positionOf(error), draw(error).replace(/^\d+:\d+ /, ''))
  return error.issues
    .map(issue => annotation(file, issue.position, draw({ ...error, issues: [withoutPosition(issue)] })))
    .join('\n')
}

/** Draws a problem that is no issue of a codec as an annotation. */
export const githubProblem = ({ file, at: { line, record } = {}, ...problem }: Problem): string => {
  const text = problemText(problem)
  return annotation(
    file,
    line === undefined ? undefined : { line },
    record === undefined ? text : `record ${record}: ${text}`,
    problem.isWarning ? 'warning' : 'error',
  )
}

/** The message with the field that it is about. */
export const problemText = ({ path = '', message }: Pick<Problem, 'path' | 'message'>): string =>
  path === '' ? message : `${path}: ${message}`

const withoutPosition = <A extends { readonly position?: Position }>(issue: A): A => {
  const { position: _, ...rest } = issue
  return rest as A
}

const annotation = (
  file: string,
  position: Partial<Position> | undefined,
  message: string,
  level: 'error' | 'warning' = 'error',
): string => {
  const { line, column } = position ?? {}
  const where = [
    `file=${property(file)}`,
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(column === undefined ? [] : [`col=${column}`]),
  ]
  return `::${level} ${where.join(',')}::${data(message)}`
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
