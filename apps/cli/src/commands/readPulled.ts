import { existsSync } from 'node:fs'
import { observations, openInput } from '@finetune-kit/archive'
import { type FileError, Compression, readFile } from '@finetune-kit/serialization/effect'
import { eventKeys } from '@finetune-kit/store'
import type { KnownRun } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { isStdout } from '../Io.ts'

interface PulledRun {
  snapshot: string | undefined
  readonly items: Set<string>
  /** Events without ids. */
  readonly events: Array<unknown>
}

const newRun = (): PulledRun => ({ snapshot: undefined, items: new Set(), events: [] })

/** A file of an earlier pull: what it has of each run, and its bytes, decompressed. */
export const readPulled = (path: string) =>
  Effect.gen(function* () {
    const runs = new Map<string, PulledRun>()
    const known = (id: string): KnownRun<never> => {
      const { snapshot, items, events } = runs.get(id) ?? newRun()
      const have = new Set([...items, ...eventKeys(events)])
      return { items: ids => Effect.succeed(new Set(ids.filter(one => have.has(one)))), snapshot }
    }
    const none: Stream.Stream<Uint8Array, FileError> = Stream.empty
    if (isStdout(path) || !existsSync(path)) return { known, bytes: none }
    yield* Effect.scoped(
      Effect.gen(function* () {
        const input = yield* openInput(path)
        yield* Stream.runForEach(observations({ seenAt: 0 })(input), batch =>
          Effect.sync(() => {
            for (const result of batch) {
              if (result._tag === 'Reject' || result.value.run_id === null) continue
              const { run_id: id, record } = result.value
              const run = runs.get(id) ?? newRun()
              runs.set(id, run)
              const { id: recordId, name } = record as { readonly id?: unknown; readonly name?: unknown }
              if (recordId === id) run.snapshot = JSON.stringify(record)
              else if (recordId === undefined && name === undefined) run.events.push(record)
              else run.items.add(String(recordId ?? name))
            }
          }),
        )
      }),
    )
    const compression = Compression.ofName(path)
    const bytes = readFile(path)
    return {
      known,
      bytes: compression === undefined ? bytes : Compression.decompress(compression, path)(bytes),
    }
  })
