import { Identity } from '@finetune-kit/codec'
import { isObservation } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import type { ReadResult } from '@finetune-kit/serialization'

/** The records, and those in observations that have an id to pair them by. */
export const recordsToPair = (onObservation: () => void) =>
  function* (batch: Iterable<ReadResult<unknown>>): Generator<ReadResult<unknown>> {
    for (const result of batch)
      if (result._tag === 'Reject' || !isObservation(result.value)) yield result
      else {
        onObservation()
        const value: unknown = result.value.record
        const kind = RecordKind.detect(value)
        if (kind._tag === 'Right' && Identity.of(kind.right.codec).by === 'key') yield { ...result, value }
      }
  }
