import { Integer, record } from '@finetune-kit/codec'
import * as t from 'io-ts'

/** The body of any response that is no success: one sentence, and the place where there is one. */
export const ErrorBody = record('ErrorBody', {
  error: record('ErrorMessage', { message: t.string }, { path: t.string, line: Integer }),
})
export interface ErrorBody extends t.TypeOf<typeof ErrorBody> {}
