import { Observation, RecordKind } from '@finetune-kit/model'
import * as t from 'io-ts'
import type { Input } from './Input.ts'

/** The codec of a kind that is used: of what is really seen, or of what the documentation says. */
export type Reading = 'codec' | 'contract'

/**
 * Records of any kind: each is decoded by the kind that it is detected to be, also in an
 * observation.
 */
export const anyKindCodec = (reading: Reading = 'codec'): t.Type<unknown> => {
  const any: t.Type<unknown> = new t.Type<unknown>(
    'Record',
    (u): u is unknown => {
      if (isObservation(u)) return Observation.is(u) && any.is(u.record)
      const kind = RecordKind.detect(u)
      return kind._tag === 'Right' && kind.right[reading].is(u)
    },
    (u, context) => {
      if (isObservation(u)) {
        const outer = Observation.decode(u)
        if (outer._tag === 'Left') return outer
        const inner = any.decode(u.record)
        return inner._tag === 'Left' ? t.failures(inner.left.map(inRecord(u))) : outer
      }
      const kind = RecordKind.detect(u)
      return kind._tag === 'Left' ? t.failure(u, context, kind.left) : kind.right[reading].decode(u)
    },
    a => {
      const kind = RecordKind.detect(a)
      return kind._tag === 'Left' || isObservation(a) ? a : kind.right[reading].encode(a)
    },
  )
  return any
}

/** An error of the record in an observation, as an error of the observation. */
const inRecord =
  (observation: Observation) =>
  (error: t.ValidationError): t.ValidationError => {
    const [root, ...rest] = error.context
    const outer = { key: '', type: t.UnknownRecord, actual: observation }
    return {
      ...error,
      context: [outer, ...(root === undefined ? [] : [{ ...root, key: 'record' }]), ...rest],
    }
  }

/** True if a value says that it is an observation, whatever else may be wrong with it. */
export const isObservation = (value: unknown): value is Observation =>
  typeof value === 'object' &&
  value !== null &&
  'object' in value &&
  value.object === 'finetune-kit.observation'

/**
 * The codec for the records of an input: of its kind where the format needs a schema, else of each
 * record's.
 */
export const codecForInput = (
  { format, kind }: Pick<Input, 'format' | 'kind'>,
  reading: Reading = 'codec',
): t.Type<unknown> => (format.needsSchema ? kind?.[reading] : undefined) ?? anyKindCodec(reading)
