import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord, describedField } from './describedRecord.ts'

const source = apiSchemaSource('ErrorResponse')

const ApiError = describedRecord(
  'ApiError',
  { description: 'Why the service refused a request.', source },
  {
    message: describedField(t.string, 'What is wrong, in words.'),
    type: describedField(t.string, 'The kind of error: `"invalid_request_error"`, …'),
    param: describedField(nullable(t.string), 'The parameter that is wrong, if it is one.'),
    code: describedField(nullable(t.string), 'The error as a word for programs, if it has one.'),
  },
)

export const ErrorResponse = describedRecord(
  'ErrorResponse',
  { description: 'What the service answers instead of a record when it refuses a request.', source },
  {
    error: describedField(ApiError, 'Why it refuses.'),
  },
)
export interface ErrorResponse extends t.TypeOf<typeof ErrorResponse> {}
