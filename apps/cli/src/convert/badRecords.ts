import { draw } from '@finetune-kit/codec'
import { DeadLetter, toDeadLetter, Ndjson } from '@finetune-kit/serialization'
import {
  type BadRecord,
  Compression,
  type FileError,
  type BadRecordPolicy,
  writeFile,
  writeRecords,
} from '@finetune-kit/serialization/effect'
import type * as Cause from 'effect/Cause'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Queue from 'effect/Queue'
import * as Stream from 'effect/Stream'

/** What becomes of bad records, as `--bad` says it. */
export type BadRecordOption =
  | { readonly _tag: 'Fail' }
  | { readonly _tag: 'Skip' }
  | { readonly _tag: 'Quarantine'; readonly path: string }

/** The choice that a text names. */
export const choiceOf = (text: string): BadRecordOption | undefined => {
  if (text === 'fail') return { _tag: 'Fail' }
  if (text === 'skip') return { _tag: 'Skip' }
  const [, path] = /^quarantine=(.+)$/s.exec(text) ?? []
  return path === undefined ? undefined : { _tag: 'Quarantine', path }
}

/** The name of the input; of each of its tables, where it has several. */
type Name = (table?: string) => string

/** What is wrong with a record, for people. */
export const drawBad = (bad: BadRecord, name: Name): string => {
  if (bad._tag === 'Reject') return draw(bad.error, name)
  const error = { ...bad.error, reason: `cannot be written: ${bad.error.reason}` }
  return draw(error, `${name()} record ${bad.index + 1}`)
}

/** How many bad records are shown when they are skipped. */
export const maxShown = 20

/** Runs a conversion with the policy that was chosen. What is quarantined takes the name of its file when all has gone well. */
export const withChoice = <A, E, R>(
  choice: BadRecordOption,
  name: Name,
  convert: (policy: BadRecordPolicy) => Effect.Effect<A, E, R>,
): Effect.Effect<A, E | FileError | BadRecord, R> => {
  if (choice._tag === 'Fail') return convert('fail')
  if (choice._tag === 'Skip') {
    let shown = 0
    return convert(bad =>
      Effect.forEach(bad, one => {
        shown++
        if (shown > maxShown + 1) return Effect.void
        return Console.error(shown > maxShown ? '… and more' : drawBad(one, name))
      }),
    )
  }
  return Effect.gen(function* () {
    const letters = yield* Queue.bounded<DeadLetter, Cause.Done>(1024)
    const compression = Compression.ofName(choice.path)
    const bytes = Stream.fromQueue(letters).pipe(writeRecords(Ndjson.of(DeadLetter)))
    const writing = (
      compression === undefined ? bytes : bytes.pipe(Compression.compress(compression, choice.path))
    ).pipe(writeFile(choice.path))
    const converting = Effect.tap(
      convert(bad =>
        Effect.asVoid(
          Queue.offerAll(
            letters,
            bad.map(one => letterOf(one, name)),
          ),
        ),
      ),
      () => Queue.end(letters),
    )
    const [converted] = yield* Effect.all([converting, writing], { concurrency: 2 })
    return converted
  })
}

const letterOf = (bad: BadRecord, name: Name): DeadLetter => {
  if (bad._tag === 'Reject') return toDeadLetter(bad, name(bad.table))
  return {
    source: name(),
    index: bad.index,
    error: drawBad(bad, name),
    raw: JSON.stringify(bad.value),
    encoding: 'utf-8',
  }
}
