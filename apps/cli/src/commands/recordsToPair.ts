import { Identity } from '@finetune-kit/codec'
import { isObservation } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import type { ReadResult } from '@finetune-kit/serialization'

/** A record, and the time at which it was seen where an observation tells that. */
export interface RecordToPair {
  readonly record: unknown
  readonly seenAt: number | null
}

/** The records, and those in observations that have an id to pair them by. */
export const recordsToPair = function* (
  batch: Iterable<ReadResult<unknown>>,
): Generator<ReadResult<RecordToPair>> {
  for (const result of batch)
    if (result._tag === 'Reject') yield result
    else if (isObservation(result.value)) {
      const { record, seen_at: seenAt } = result.value
      const kind = RecordKind.detect(record)
      if (kind._tag === 'Right' && Identity.of(kind.right.codec).by === 'key')
        yield { ...result, value: { record, seenAt } }
    } else yield { ...result, value: { record: result.value, seenAt: null } }
}
