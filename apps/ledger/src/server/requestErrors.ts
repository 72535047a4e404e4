import { draw, escapeUnprintable, JsonValue } from '@finetune-kit/codec'
import { Json } from '@finetune-kit/serialization'
import * as HttpApiError from 'effect/http-api/HttpApiError'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import type * as Schema from 'effect/Schema'
import * as SchemaAST from 'effect/SchemaAST'
import * as SchemaIssue from 'effect/SchemaIssue'
import { RequestErrors } from '../api/definition/RequestErrors.ts'
import { errorResponse } from './ApiError.ts'

const format = SchemaIssue.makeFormatterStandardSchemaV1()

/**
 * Says which parameter is wrong or not there, and what is expected of it; or where the body is no
 * JSON.
 */
export const requestErrors = Layer.succeed(RequestErrors, (handled, { endpoint }) => {
  const known = parameterNames(endpoint.query)
  return Effect.flatMap(HttpServerRequest.ParsedSearchParams, given => {
    const unknown = Object.keys(given).find(name => !known.includes(name))
    return unknown === undefined
      ? Effect.catch(handled, error =>
          HttpApiError.HttpApiSchemaError.is(error)
            ? error.kind === 'Payload'
              ? Effect.map(noJson, response => response ?? badRequest(error, given))
              : Effect.succeed(badRequest(error, given))
            : Effect.fail(error),
        )
      : Effect.succeed(noSuchParameter(unknown, known))
  })
})

/** The names of the parameters of a query, as they are sent. */
const parameterNames = (query: Schema.Top | undefined): ReadonlyArray<string> => {
  const sent = query === undefined ? undefined : SchemaAST.toEncoded(query.ast)
  return sent?._tag === 'Objects' ? sent.propertySignatures.map(({ name }) => String(name)) : []
}

const noSuchParameter = (name: string, known: ReadonlyArray<string>) => {
  const path = escapeUnprintable(name, 60)
  const remedy = known.length === 0 ? 'Leave it out.' : `Pass one of ${known.join(', ')}.`
  return errorResponse({ status: 400, message: `${path}: no parameter of this endpoint. ${remedy}`, path })
}

/** The response to a body that is no JSON; undefined if it is. */
const noJson = Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ text }) =>
  Effect.map(Effect.orDie(text), body => {
    const read = Json.of(JsonValue).decode(body)
    return read._tag === 'Left' && read.left._tag === 'Malformed'
      ? errorResponse({ status: 400, message: draw(read.left), line: read.left.line })
      : undefined
  }),
)

const badRequest = (
  { cause, kind }: HttpApiError.HttpApiSchemaError,
  given: Readonly<Record<string, unknown>>,
) => {
  const [issue] = format(cause.issue).issues
  const path = (issue?.path ?? []).map(part => (typeof part === 'object' ? part.key : part)).join('.')
  const values = given[path]
  const message = Array.isArray(values)
    ? `passed ${values.length} times. Pass it once.`
    : problemOf(issue?.message ?? `${kind}: invalid`, values)
  return errorResponse(
    path === '' ? { status: 400, message } : { status: 400, message: `${path}: ${message}`, path },
  )
}

/** A problem of effect's in the words of all other errors, with the value that was found. */
const problemOf = (words: string, found: unknown): string => {
  if (words === 'Missing key') return 'missing. Pass this parameter.'
  const problem = words
    .replace(/^Expected /, 'expected ')
    .replace('a string representing a finite number', 'a number')
    .replaceAll(' | ', ', ')
  return typeof found === 'string'
    ? `${problem}, found ${escapeUnprintable(JSON.stringify(found), 60)}.`
    : `${problem}.`
}
