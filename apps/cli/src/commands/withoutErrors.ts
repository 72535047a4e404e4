import { escapeUnprintable } from '@finetune-kit/codec'
import { Exactness } from '@finetune-kit/codec/compile'
import { RecordKind } from '@finetune-kit/model'
import * as t from 'io-ts'

const errors = RecordKind.byName('error')

/**
 * A codec that refuses the error responses of the API: a 401 that was saved as `jobs.json` is no
 * valid record. The codecs of all other kinds do.
 */
export const withoutErrors = (codec: t.Type<unknown>): t.Type<unknown> => {
  if (RecordKind.all.some(kind => kind !== errors && (kind.codec === codec || kind.contract === codec)))
    return codec
  const refined = new t.RefinementType<t.Type<unknown>>(
    codec.name,
    (u): u is unknown => codec.is(u) && !isErrorResponse(u),
    (u, context) => {
      const decoded = codec.validate(u, context)
      return decoded._tag === 'Right' && isErrorResponse(decoded.right)
        ? t.failure(u, context, errorResponseText(u))
        : decoded
    },
    codec.encode,
    codec,
    a => !isErrorResponse(a),
  )
  Exactness.state(refined, Exactness.of(codec))
  return refined
}

/** The message about an error response that stands where a record is expected. */
export const errorResponseText = (value: unknown): string => {
  const message = (value as { readonly error?: { readonly message?: unknown } }).error?.message
  return `an error response of the API, not a record: ${escapeUnprintable(JSON.stringify(message ?? null), 1000)}`
}

/** True for what only an error response of the API can be. */
export const isErrorResponse = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || errors?.matches({ ...value }) !== true) return false
  const detected = RecordKind.detect(value)
  return detected._tag === 'Right' && detected.right === errors
}
