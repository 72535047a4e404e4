import { JsonSchema } from '@finetune-kit/codec'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import type * as t from 'io-ts'
import { ErrorBody } from '../ErrorBody.ts'

const known = new Map<string, t.Any>()

/**
 * The schema of a codec for a definition of an endpoint. It passes every value: the OpenAPI
 * document describes the codec, and tests decode the answers by it.
 */
export const schemaOf = <A>(codec: t.Type<A, unknown>): Schema.Codec<A> => {
  known.set(codec.name, codec)
  return Schema.Unknown.annotate({ identifier: codec.name }) as unknown as Schema.Codec<A>
}

const reasons = {
  400: 'A parameter, a header or the body is missing, unknown or not as described.',
  404: 'Nothing has this key, id or number.',
  409: 'The state of the watch does not allow it.',
  415: 'No Content-Type, or another one than the endpoint takes.',
  503: 'The server is stopping, or its database does not answer: try again.',
  507: 'No space is left for the upload.',
}

/** The schemas of errors with these statuses: all have one body. */
export const failures = (...statuses: ReadonlyArray<keyof typeof reasons>) =>
  statuses.map(status =>
    schemaOf(ErrorBody).pipe(HttpApiSchema.status(status)).annotate({ description: reasons[status] }),
  )

/** Puts the JSON Schemas of the codecs into an OpenAPI document. */
export const describeCodecs = (document: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const schemas = Object.fromEntries([...known].map(([name, codec]) => [name, component(name, codec)]))
  // the document names the encoded side, and again for each status: the value is the same
  const text = JSON.stringify(document).replaceAll(
    /(#\/components\/schemas\/\w+?)(?:Encoded)?(?:_\d+)?"/g,
    '$1"',
  )
  return { ...(JSON.parse(text) as object), components: { schemas } }
}

/** Its own definitions stay in it: references are moved to where they stand in the document. */
const component = (name: string, codec: t.Any): unknown => {
  const { $schema: _, ...schema } = JsonSchema.of(codec, { side: 'encode' })
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', `"$ref":"#/components/schemas/${name}/$defs/`),
  )
}
