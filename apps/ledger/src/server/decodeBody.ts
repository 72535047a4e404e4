import { type DecodeError, decode, draw } from '@finetune-kit/codec'
import { JsonPointer } from '@finetune-kit/diff'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { type ApiError, apiError } from './ApiError.ts'

/** Decodes the body of a request. */
export const decodeBody =
  <A>(codec: t.Type<A, unknown>) =>
  (body: unknown): Effect.Effect<A, ApiError> => {
    const decoded = decode(codec)(body)
    return decoded._tag === 'Right'
      ? Effect.succeed(decoded.right)
      : Effect.fail({ ...apiError(400, draw(decoded.left)), ...placeOf(decoded.left) })
  }

/** The field of the first issue, unless it is the whole body. */
const placeOf = (error: DecodeError): { readonly path?: string } => {
  const path = error._tag === 'Invalid' ? (error.issues[0]?.path ?? []) : []
  return path.length === 0 ? {} : { path: JsonPointer.print(path.map(String)) }
}
