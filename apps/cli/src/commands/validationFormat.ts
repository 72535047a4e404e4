import { type DecodeError, draw, invalid, type Issue, positionOf } from '@finetune-kit/codec'
import { JsonPointer, redact } from '@finetune-kit/diff'
import { placeText } from '../placeText.ts'
import { githubAnnotation, githubProblem, type Problem, problemText } from './githubAnnotation.ts'

/** The way in which `validate` prints what it finds. */
export interface ValidationFormat {
  /** The lines before the first issue. */
  readonly begin: ReadonlyArray<string>
  /** Draws the issues of an invalid record. */
  readonly issues: (error: DecodeError, file: string) => string
  /** Draws a problem of a file that is no issue of a codec. */
  readonly problem: (problem: Problem) => string
  /** Draws a fact about a file: `text` for people, `data` for programs. */
  readonly fact: (text: string, data: object) => ReadonlyArray<string>
  /** The lines after the last issue. */
  readonly end: (summary: object) => ReadonlyArray<string>
}

const text: ValidationFormat = {
  begin: [],
  issues: draw,
  problem: ({ file, at = {}, isWarning, ...problem }) =>
    `${placeText(file, at)}: ${isWarning ? 'warning: ' : ''}${problemText(problem)}`,
  fact: words => [words],
  end: () => [],
}

const github: ValidationFormat = { ...text, issues: githubAnnotation, problem: githubProblem }

/** One JSON document, an issue on each line of its list. */
const json = (): ValidationFormat => {
  const files: Array<object> = []
  let count = 0
  const items = (all: ReadonlyArray<object>): string =>
    all.map(item => `${count++ === 0 ? '' : ','}${JSON.stringify(item)}`).join('\n')
  return {
    begin: ['{"issues":['],
    issues: (error, file) => items(jsonIssues(error, file)),
    problem: ({ file, at: { line = null, record } = {}, path = '', message, isWarning }) => {
      const place = { file, line, column: null, ...numbered(record) }
      return items([{ ...place, ...(isWarning ? { level: 'warning' } : {}), path, message }])
    },
    fact: (_, data) => {
      files.push(data)
      return []
    },
    end: summary => [`],"files":${JSON.stringify(files)},"summary":${JSON.stringify(summary)}}`],
  }
}

const jsonIssues = (error: DecodeError, file: string): ReadonlyArray<object> => {
  if (error._tag === 'Malformed') {
    const { format, reason, record } = error
    const { line = null, column = null } = positionOf(error) ?? {}
    return [{ file, line, column, ...numbered(record), path: '', message: `not ${format}: ${reason}` }]
  }
  return error.issues.map(issue => ({
    file,
    line: issue.position?.line ?? null,
    column: issue.position?.column ?? null,
    ...numbered(error.record),
    path: JsonPointer.print(issue.path.map(String)),
    message: draw(invalid([bare(issue)])),
  }))
}

/** The number of the record, for formats without lines. */
const numbered = (record: number | undefined) => (record === undefined ? {} : { record })

/** An issue without its place. */
const bare = ({ expected, actual, message }: Issue): Issue => ({
  path: [],
  expected,
  actual,
  ...(message === undefined ? {} : { message }),
})

/** The same without API keys and organization ids. */
export const redactedFormat = (format: ValidationFormat): ValidationFormat => ({
  ...format,
  issues: (error, file) => redact(format.issues(error, file)),
  problem: problem => redact(format.problem(problem)),
})

export const validationFormats: Readonly<Record<'text' | 'github' | 'json', () => ValidationFormat>> = {
  text: () => text,
  github: () => github,
  json,
}
