import { recordIn } from '@finetune-kit/archive'
import { JsonPointer } from '@finetune-kit/diff'
import { lintRecord } from '@finetune-kit/model'
import type { Problem } from './githubAnnotation.ts'

/** The oddities of a valid run, or of the run in an observation, as problems at its place. */
export const warningsOf = (
  value: unknown,
  { file, at = {} }: Pick<Problem, 'file' | 'at'>,
): ReadonlyArray<Problem> =>
  lintRecord(recordIn(value)).map(({ path, message }) => ({
    file,
    at,
    path: JsonPointer.print(path.map(String)),
    message,
    isWarning: true,
  }))
