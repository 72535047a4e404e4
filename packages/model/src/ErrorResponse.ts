import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from './apiDescription.ts'
import { described, field } from './described.ts'

const source = apiDescription('ErrorResponse')

const ApiError = described(
  'ApiError',
  { description: 'Why the service refused a request.', source },
  {
    /** What is wrong, in words. */
    message: field(t.string, 'What is wrong, in words.'),
    /** The kind of error: `"invalid_request_error"`, … */
    type: field(t.string, 'The kind of error: `"invalid_request_error"`, …'),
    /** The parameter that is wrong, if it is one. */
    param: field(nullable(t.string), 'The parameter that is wrong, if it is one.'),
    /** The error as a word for programs, if it has one. */
    code: field(nullable(t.string), 'The error as a word for programs, if it has one.'),
  },
)

/** What the service answers instead of a record when it refuses a request. */
export const ErrorResponse = described(
  'ErrorResponse',
  { description: 'What the service answers instead of a record when it refuses a request.', source },
  {
    /** Why it refuses. */
    error: field(ApiError, 'Why it refuses.'),
  },
)
export interface ErrorResponse extends t.TypeOf<typeof ErrorResponse> {}
