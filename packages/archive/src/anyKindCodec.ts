import { Exactness } from '@finetune-kit/codec/compile'
import { Observation, RecordKind } from '@finetune-kit/model'
import type { FormatFacts } from '@finetune-kit/serialization'
import * as t from 'io-ts'

/** The codec of a kind that is used: of what is really seen, or of what the documentation says. */
export type Reading = 'codec' | 'contract'

/** Levels of a record of a known kind, at most: no kind is nested so deeply. */
const maxDepth = 100

/** Shared by all inputs: a folder has thousands of files, each with a codec for any kind. */
const exactness = new Map<t.Mixed, Exactness.Exactness>()

/** States that a record is exact where its kind says so. It is asked for what was decoded last. */
const stateExactness = (codec: t.Type<unknown>, decodedLast: () => Decoded | undefined): void =>
  Exactness.state(codec, {
    maxDepth,
    isExact: u => {
      const last = decodedLast()
      if (last === undefined || last.value !== u) return false
      const known = exactness.get(last.codec) ?? Exactness.of(last.codec)
      exactness.set(last.codec, known)
      return known.maxDepth <= maxDepth && known.isExact(u)
    },
  })

/** A value, and the codec that has decoded it. */
interface Decoded {
  readonly value: unknown
  readonly codec: t.Mixed
}

/**
 * Records of any kind: each is decoded by the kind that it is detected to be, also in an
 * observation.
 */
export const anyKindCodec = (reading: Reading = 'codec'): t.Type<unknown> => {
  let last: Decoded | undefined
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
      if (kind._tag === 'Left') return t.failure(u, context, kind.left)
      last = { value: u, codec: kind.right[reading] }
      return last.codec.decode(u)
    },
    a => {
      const kind = RecordKind.detect(a)
      return kind._tag === 'Left' || isObservation(a) ? a : kind.right[reading].encode(a)
    },
  )
  stateExactness(any, () => last)
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

/** The record in an observation; any other value as it is. */
export const recordIn = (value: unknown): unknown => (isObservation(value) ? value.record : value)

/**
 * The codec for the records of an input: of its kind where the format needs a schema, else of each
 * record's.
 */
export const codecForInput = (
  // not the type of an input: pages use this module, and have no types of files
  input: {
    readonly format: Pick<FormatFacts, 'needsSchema'>
    readonly kind: RecordKind.RecordKind | undefined
  },
  reading: Reading = 'codec',
): t.Type<unknown> => (input.format.needsSchema ? input.kind?.[reading] : undefined) ?? anyKindCodec(reading)
