import { existsSync } from 'node:fs'
import { inputName, observations, openInput } from '@finetune-kit/archive'
import type { Observation } from '@finetune-kit/model'
import { formatByName } from '@finetune-kit/serialization'
import type { FileError } from '@finetune-kit/serialization/effect'
import { eventKeys } from '@finetune-kit/store'
import type { KnownRun } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { cliError } from '../CliError.ts'
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
    const open = openInput(path, { format: formatByName('NDJSON') })
    let [read, rejected, isList] = [0, 0, false]
    yield* Effect.scoped(
      Effect.gen(function* () {
        const input = yield* open
        const [first] = yield* Stream.runCollect(Stream.take((yield* open).bytes, 1))
        isList = /^\s*\[/.test(new TextDecoder().decode(first))
        yield* Stream.runForEach(observations({ seenAt: 0 })(input), batch =>
          Effect.sync(() => {
            for (const result of batch) {
              if (result._tag === 'Reject') rejected++
              else {
                read++
                note(runs, result.value)
              }
            }
          }),
        )
      }),
    )
    // a list of JSON or a table that lines are added to can be read no more
    if (isList || rejected > read)
      yield* Effect.fail(
        cliError(`${inputName(path)}: not NDJSON of records, which pull continues. Pass another file.`),
      )
    return { known, bytes: withLineEnd(Stream.unwrap(Effect.map(open, ({ bytes }) => bytes))) }
  })

/** Adds the record of an observation to what is known of its run. */
const note = (runs: Map<string, PulledRun>, { run_id: id, record }: Observation): void => {
  if (id === null) return
  const run = runs.get(id) ?? newRun()
  runs.set(id, run)
  const { id: recordId, name } = record as { readonly id?: unknown; readonly name?: unknown }
  if (recordId === id) run.snapshot = JSON.stringify(record)
  else if (recordId === undefined && name === undefined) run.events.push(record)
  else run.items.add(String(recordId ?? name))
}

/** The bytes of lines, with an end of the last one. */
const withLineEnd = <E>(bytes: Stream.Stream<Uint8Array, E>): Stream.Stream<Uint8Array, E> =>
  Stream.suspend(() => {
    let last: number | undefined = lineEnd
    const seen = Stream.map(bytes, chunk => {
      last = chunk.at(-1) ?? last
      return chunk
    })
    return Stream.concat(
      seen,
      Stream.suspend(() => (last === lineEnd ? Stream.empty : Stream.make(Uint8Array.of(lineEnd)))),
    )
  })

const lineEnd = 0x0a
