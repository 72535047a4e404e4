import type { DecodeError, Position } from '@finetune-kit/codec'
import type { RecordKind } from '@finetune-kit/model'
import { type BadRecord, inWorkers, lineBlocks, type Tally } from '@finetune-kit/serialization/effect'
import * as Stream from 'effect/Stream'
import type { Read, Task } from './worker.ts'

interface Jobs extends Omit<Task, 'kind'> {
  /** How many workers there are. */
  readonly jobs: number
  readonly tally: Tally
}

/** The lines of an input, read by so many workers at once: what has come of them, in their order. */
export const readInWorkers = (kind: RecordKind.RecordKind, { jobs, tally, ...task }: Jobs) => {
  // the same module, whether it is built or not
  const module = new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js', import.meta.url)
  const data: Task = { kind: kind.name, ...task }
  return <E, R>(bytes: Stream.Stream<Uint8Array, E, R>) =>
    bytes.pipe(
      lineBlocks,
      inWorkers<Read>(module, { jobs, data }),
      Stream.mapAccum(
        (): Before => ({ offset: 0, lines: 0, written: 0 }),
        (before, { stretches, tally: count, lines }) => {
          for (const key of ['bytes', 'read', 'rejected', 'written'] as const) tally[key] += count[key]
          const unwritable = stretches.flatMap(({ bad }) => bad.filter(one => one._tag === 'Unwritable'))
          const after = {
            offset: before.offset + count.bytes,
            lines: before.lines + lines,
            written: before.written + count.written + unwritable.length,
          }
          const placed = stretches.map(({ values, bad }) => ({
            values,
            bad: bad.map(one => moved(one, before)),
          }))
          return [after, placed] as const
        },
      ),
    )
}

/** What came before a block. */
interface Before {
  readonly offset: number
  readonly lines: number
  /** Records that were written, or were to be. */
  readonly written: number
}

/** A bad record with its place in the input, not in its block. */
const moved = (bad: BadRecord, before: Before): BadRecord => {
  if (bad._tag === 'Unwritable') return { ...bad, index: bad.index + before.written }
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
