import type { DecodeError, Invalid, Issue } from './DecodeError.ts'
import { draw, furtherIssues } from './draw.ts'
import { drawPath, issueMessage } from './internal/issueMessage.ts'

/** An issue of the Standard Schema specification (`StandardSchemaV1.Issue`). */
export interface StandardIssue {
  readonly message: string
  readonly path: Issue['path']
}

/**
 * The issues of an error in the form of Standard Schema; the last one has the number of further
 * issues.
 */
export const toStandardIssues = (error: DecodeError): ReadonlyArray<StandardIssue> =>
  error._tag === 'Malformed' ? [{ message: draw(error), path: [] }] : standardIssuesOf(error)

/** The issues of a value in the form of Standard Schema. */
export const standardIssuesOf = ({ issues, more }: Invalid): ReadonlyArray<StandardIssue> => [
  ...issues.map(issue => ({ message: withPath(issue), path: issue.path })),
  ...(more === 0 ? [] : [{ message: furtherIssues(more, true), path: [] }]),
]

/** Names the field: some libraries show the message alone. */
const withPath = (issue: Issue): string =>
  issue.path.length === 0 ? issueMessage(issue) : `${drawPath(issue.path)}: ${issueMessage(issue)}`
