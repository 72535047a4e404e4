import type { DecodeError, Position } from '@finetune-kit/codec'
import type { RecordKind } from '@finetune-kit/model'
import type { Reject } from '@finetune-kit/serialization'
import {
  type BadRecord,
  batchResults,
  damageReject,
  inWorkers,
  lineBlocks,
  type Tally,
} from '@finetune-kit/serialization/effect'
import * as Stream from 'effect/Stream'
import type { WorkerResult, WorkerTask } from './worker.ts'

interface Options extends Omit<WorkerTask, 'kind'> {
  readonly threads: number
  readonly tally: Tally
}

/** Reads the lines of an input in several threads. The results come in the order of the lines. */
export const readInWorkers = (
  kind: RecordKind.RecordKind | undefined,
  { threads, tally, ...task }: Options,
) => {
  // the source, or what was built of it
  const module = new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js', import.meta.url)
  const data: WorkerTask = { kind: kind?.name, ...task }
  const sort = batchResults<unknown>(tally, task.isFirstLast)
  let damage: Reject | undefined
  return <E, R>(bytes: Stream.Stream<Uint8Array, E, R>) =>
    bytes.pipe(
      lineBlocks,
      Stream.catch(error => {
        damage = damageReject(error)
        return damage === undefined ? Stream.fail(error) : Stream.empty
      }),
      inWorkers<WorkerResult>(module, { jobs: threads, data }),
      Stream.mapAccum(
        (): Before => ({ offset: 0, lines: 0, written: 0 }),
        (before, { batches, tally: count, lines }) => {
          for (const key of ['bytes', 'read', 'rejected', 'written'] as const) tally[key] += count[key]
          const unwritable = batches.flatMap(({ bad }) => bad.filter(one => one._tag === 'UnencodableRecord'))
          const after = {
            offset: before.offset + count.bytes,
            lines: before.lines + lines,
            written: before.written + count.written + unwritable.length,
          }
          const placed = batches.map(({ values, bad }) => ({
            values,
            bad: bad.map(one => moved(one, before)),
          }))
          return [after, placed] as const
        },
      ),
      Stream.concat(Stream.suspend(() => Stream.fromArray(damage === undefined ? [] : sort([damage])))),
    )
}

/** The counts before a block. */
interface Before {
  readonly offset: number
  readonly lines: number
  /** Records that were to be written. */
  readonly written: number
}

/** A bad record with its position in the input, not in its block. */
const moved = (bad: BadRecord, before: Before): BadRecord => {
  if (bad._tag === 'UnencodableRecord') return { ...bad, index: bad.index + before.written }
  const { offset, line, error } = bad
  return {
    ...bad,
    offset: offset + before.offset,
    ...(line === undefined ? {} : { line: line + before.lines }),
    error: movedError(error, before),
  }
}

const movedError = (error: DecodeError, before: Before): DecodeError =>
  error._tag === 'Malformed'
    ? {
        ...error,
        ...movedPosition(error, before),
        ...(error.first && { first: movedPosition(error.first, before) }),
      }
    : {
        ...error,
        issues: error.issues.map(issue =>
          issue.position === undefined
            ? issue
            : { ...issue, position: movedPosition(issue.position, before) },
        ),
      }

const movedPosition = ({ offset, line, column }: Position, before: Before): Position => ({
  offset: offset + before.offset,
  line: line + before.lines,
  column,
})
