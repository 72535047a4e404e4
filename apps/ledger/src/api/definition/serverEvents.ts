import * as Sse from 'effect/encoding/Sse'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import { record } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { schemaOf } from './schemaOf.ts'

/** Keeps a quiet connection open. */
const Heartbeat = record('Heartbeat', {})

/** A response of server-sent events: the value of each, by its name. */
export const serverEvents = (values: Readonly<Record<string, t.Any>>) =>
  HttpApiSchema.StreamSse({
    events: Schema.Union(
      Object.entries({ ...values, heartbeat: Heartbeat }).map(([name, codec]) =>
        Schema.Struct({
          ...Sse.EventEncoded.fields,
          event: Schema.Literal(name),
          data: Schema.fromJsonString(schemaOf(codec)),
        }),
      ),
    ),
  })
