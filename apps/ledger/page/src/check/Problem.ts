import { type DecodeError, draw, type Issue, positionOf } from '@finetune-kit/codec'
import { JsonPointer } from '@finetune-kit/diff'

/** One thing that is wrong with an input: its position, as far as it is known, and a sentence. */
export interface Problem {
  readonly line: number | null
  readonly column: number | null
  /** A JSON Pointer, or the name of a column; empty for the whole record. */
  readonly path: string
  readonly message: string
}

/** The number of problems of a record that could not be read. */
export const countProblems = (error: DecodeError): number =>
  error._tag === 'Malformed' ? 1 : error.issues.length

/** The problems of a record that could not be read. */
export const problemsOf = (error: DecodeError): ReadonlyArray<Problem> => {
  if (error._tag === 'Malformed') {
    const { format, reason, record } = error
    const { line = null, column = null } = positionOf(error) ?? {}
    const message = `${record === undefined ? '' : `record ${record}: `}not ${format}: ${reason}`
    return [{ line, column, path: '', message }]
  }
  return error.issues.map(issue => ({
    line: issue.position?.line ?? null,
    column: issue.position?.column ?? null,
    path: JsonPointer.print(issue.path.map(String)),
    message: draw({ ...error, issues: [withoutPlace(issue)], more: 0 }),
  }))
}

const withoutPlace = ({ expected, actual, message }: Issue): Issue => ({
  path: [],
  expected,
  actual,
  ...(message === undefined ? {} : { message }),
})
