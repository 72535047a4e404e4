import { sortedBy } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import { writeFiles, writeRecords } from '@finetune-kit/serialization/effect'
import type { FileError } from '@finetune-kit/serialization/effect'
import type * as Cause from 'effect/Cause'
import * as Effect from 'effect/Effect'
import * as Queue from 'effect/Queue'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import type { FileConversion, Records } from './FileConversion.ts'

/** The most records of a kind that wait to be written. */
const maxWaiting = 1024

/** Writes the records of each kind to a file of its own. All the files appear, or none does. */
export const writeByKind =
  (
    kinds: ReadonlyArray<RecordKind.RecordKind>,
    { outputs, to, look, order, policy, count }: FileConversion,
    compress: <E>(bytes: Stream.Stream<Uint8Array, E>) => Stream.Stream<Uint8Array, E | FileError>,
  ) =>
  (records: Records) =>
    Effect.gen(function* () {
      const queues = new Map<RecordKind.RecordKind, Queue.Queue<unknown, Cause.Done>>()
      for (const kind of kinds) queues.set(kind, yield* Queue.bounded<unknown, Cause.Done>(maxWaiting))
      const deal = Stream.runForEach(records, record => {
        const detected = RecordKind.detect(record)
        const queue = detected._tag === 'Right' ? queues.get(detected.right) : undefined
        if (queue !== undefined) return Queue.offer(queue, record)
        // the file has changed since its kinds were listed
        count.rejected++
        return Effect.void
      }).pipe(Effect.andThen(Effect.forEach(queues.values(), queue => Queue.end(queue), { discard: true })))
      const streams = kinds.map(kind => {
        const options = { ...look, ...sortedBy(order, kind.codec), bad: policy, tally: count }
        return Stream.fromQueue(queues.get(kind) as Queue.Queue<unknown, Cause.Done>).pipe(
          writeRecords(to.of(kind.codec as t.Type<unknown>), options),
          compress,
        )
      })
      yield* Effect.all([deal, writeFiles(outputs)(streams)], { concurrency: 2, discard: true })
    })
