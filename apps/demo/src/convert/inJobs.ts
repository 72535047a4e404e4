import type { DecodeError, Position } from '@finetune-kit/codec'
import type { Kind } from '@finetune-kit/model'
import { type Bad, inWorkers, lineBlocks, type Tally } from '@finetune-kit/serialization/effect'
import * as Stream from 'effect/Stream'
import type { Read, Task } from './worker.ts'

/** The lines of an input, read by so many workers at once: what has come of each block of them, in their order. */
export const inJobs = (
  kind: Kind.Kind,
  { jobs, writing, tally }: { readonly jobs: number; readonly writing: boolean; readonly tally: Tally },
) => {
  // the same module, whether it is built or not
  const module = new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js', import.meta.url)
  const data: Task = { kind: kind.name, writing }
  return <E, R>(bytes: Stream.Stream<Uint8Array, E, R>) =>
    bytes.pipe(
      lineBlocks,
      inWorkers<Read>(module, { jobs, data }),
      Stream.mapAccum(
        () => ({ offset: 0, lines: 0 }),
        (before, block) => {
          const bad = block.bad.map(one => moved(one, before, tally.written))
          tally.bytes += block.size
          tally.read += block.read
          tally.written += block.written
          tally.rejected += bad.length
          const after = { offset: before.offset + block.size, lines: before.lines + block.lines }
          return [after, [{ ...block, bad }]] as const
        },
      ),
    )
}

interface Before {
  readonly offset: number
  readonly lines: number
}

/** A bad record with its place in the input, not in its block. */
const moved = (bad: Bad, before: Before, written: number): Bad => {
  if (bad._tag === 'Unwritable') return { ...bad, index: bad.index + written }
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
    ? { ...error, ...movedPosition(error, before) }
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
