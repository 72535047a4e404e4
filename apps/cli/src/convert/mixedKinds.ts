import { type Input, openInput, readBatches, sizeOf } from '@finetune-kit/archive'
import { kindDetector } from '@finetune-kit/archive/detect'
import { RecordKind } from '@finetune-kit/model'
import type { BadRecord, FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { isStdout } from '../Io.ts'
import type { ConversionPlan } from './Conversion.ts'

/** An input of several kinds of records, for an output whose files hold one kind each. */
export interface MixedKindsError {
  readonly _tag: 'MixedKindsError'
}

/**
 * Returns a test of bad records: true for one that is bad only because it is of another kind than
 * the first, where the conversion can start again with a file for each kind.
 */
export const otherKind = (
  { format, kind }: Input,
  { input, output, to, known, tables, as }: ConversionPlan,
): Effect.Effect<(bad: BadRecord) => boolean> =>
  Effect.map(sizeOf(input), size => {
    const canSplit =
      size !== undefined && // can be read again
      !isStdout(output) &&
      !tables &&
      as === undefined &&
      known.kind === undefined &&
      !format.needsSchema &&
      to.needsSchema
    if (!canSplit) return () => false
    return bad => {
      if (bad._tag !== 'Reject' || bad.error._tag !== 'Invalid') return false
      const detector = kindDetector(format.of(t.unknown))
      detector.push(bad.raw)
      detector.end()
      return detector.kind() !== undefined && detector.kind() !== kind
    }
  })

/** The kinds of a file's records, in the order in which they are first seen. */
export const kindsOf = ({
  input,
  known,
}: ConversionPlan): Effect.Effect<ReadonlyArray<RecordKind.RecordKind>, FileError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const kinds = new Set<RecordKind.RecordKind>()
      const opened = yield* openInput(input, known)
      yield* Stream.runForEach(readBatches(t.unknown)(opened), batch =>
        Effect.sync(() => {
          for (const result of batch) {
            const detected = result._tag === 'Record' ? RecordKind.detect(result.value) : undefined
            if (detected?._tag === 'Right') kinds.add(detected.right)
          }
        }),
      )
      return [...kinds]
    }),
  )
