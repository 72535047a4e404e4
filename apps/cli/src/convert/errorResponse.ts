import type { Input } from '@finetune-kit/archive'
import { invalid } from '@finetune-kit/codec'
import type { BadRecord } from '@finetune-kit/serialization/effect'
import * as t from 'io-ts'
import { errorResponseText, isErrorResponse } from '../commands/withoutErrors.ts'

/**
 * Names a bad record that is an error response of the API as what it is, in place of all the fields
 * of a record that it lacks.
 */
export const nameErrorResponse =
  ({ format }: Pick<Input, 'format'>) =>
  (bad: BadRecord): BadRecord => {
    if (bad._tag !== 'Reject' || bad.error._tag !== 'Invalid' || format.needsSchema) return bad
    const [first] = bad.error.issues
    const reader = format.of(t.unknown).reader()
    for (const found of [...reader.push(bad.raw), ...reader.end()])
      if (found._tag === 'Record' && isErrorResponse(found.value)) {
        const message = errorResponseText(found.value)
        const issue = { path: [], expected: 'record', actual: found.value, message }
        return { ...bad, error: invalid([first?.position ? { ...issue, position: first.position } : issue]) }
      }
    return bad
  }
