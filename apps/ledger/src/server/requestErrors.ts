import * as HttpApiMiddleware from 'effect/http-api/HttpApiMiddleware'
import * as Effect from 'effect/Effect'
import * as SchemaIssue from 'effect/SchemaIssue'
import { RequestErrors } from '../api/definition/RequestErrors.ts'
import { errorResponse } from './ApiError.ts'

const format = SchemaIssue.makeFormatterStandardSchemaV1()

/** Says which parameter is wrong, and what is expected of it. */
export const requestErrors = HttpApiMiddleware.layerSchemaErrorTransform(RequestErrors, ({ cause, kind }) => {
  const [issue] = format(cause.issue).issues
  const path = (issue?.path ?? []).map(part => (typeof part === 'object' ? part.key : part)).join('.')
  const message = `${issue?.message.replace(/\.$/, '') ?? `${kind}: not valid`}.`
  return Effect.succeed(
    errorResponse(
      path === '' ? { status: 400, message } : { status: 400, message: `${path}: ${message}`, path },
    ),
  )
})
