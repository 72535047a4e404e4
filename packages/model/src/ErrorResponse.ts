import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { orNull } from './snapshotOf.ts'

const source = apiSchemaSource('ErrorResponse')

const ErrorDetail = describedRecord(
  'ErrorDetail',
  { description: 'One of several errors that Azure reports together.', source: 'Azure OpenAI REST API' },
  {},
  orNull({
    code: describedField(t.string, 'The error as a word for programs.'),
    message: describedField(t.string, 'The error in words.'),
    target: describedField(t.string, 'The part of the request that is wrong.'),
  }),
)

const ApiError = describedRecord(
  'ApiError',
  { description: 'The reason why the service refused a request.', source },
  {
    message: describedField(t.string, 'The error in words.'),
  },
  orNull({
    type: describedField(t.string, 'The class of the error: `"invalid_request_error"`, …'),
    param: describedField(t.string, 'The parameter that is wrong, if it is one.'),
    code: describedField(t.string, 'The error as a word for programs; at Azure also an HTTP status.'),
    target: describedField(t.string, 'The part of the request that is wrong, at Azure.'),
    details: describedField(t.array(ErrorDetail), 'The single errors, at Azure.'),
    innererror: describedField(t.unknown, 'More about the cause, at Azure.'),
  }),
)

export const ErrorResponse = describedRecord(
  'ErrorResponse',
  { description: 'The answer of the service when it refuses a request.', source },
  {
    error: describedField(ApiError, 'The reason for the refusal.'),
  },
)
export interface ErrorResponse extends t.TypeOf<typeof ErrorResponse> {}
