import { draw } from '@finetune-kit/codec'
import { redact } from '@finetune-kit/diff'
import { DeadLetter, toDeadLetter, Ndjson } from '@finetune-kit/serialization'
import {
  type BadRecord,
  type FileError,
  type BadRecordPolicy,
  nameTogether,
  writeRecords,
} from '@finetune-kit/serialization/effect'
import type * as Cause from 'effect/Cause'
import * as Effect from 'effect/Effect'
import * as Queue from 'effect/Queue'
import * as Stream from 'effect/Stream'
import { compressByName } from '../compressByName.ts'
import { complain, writeOutput } from '../Io.ts'

/** The value of `--bad`. */
export type BadRecordOption =
  | { readonly _tag: 'Fail' }
  | { readonly _tag: 'Skip' }
  | { readonly _tag: 'Quarantine'; readonly path: string }

/** Parses the value of `--bad`. */
export const badRecordOption = (text: string): BadRecordOption | undefined => {
  if (text === 'fail') return { _tag: 'Fail' }
  if (text === 'skip') return { _tag: 'Skip' }
  const [, path] = /^quarantine=(.+)$/s.exec(text) ?? []
  return path === undefined ? undefined : { _tag: 'Quarantine', path }
}

/** The name of the input, or of one of its tables. */
export type InputNames = (table?: string) => string

/** The way in which bad records are drawn. */
export interface BadRecordLook {
  readonly name: InputNames
  /** True if API keys and organization ids are hidden. */
  readonly redact: boolean
}

/** Draws the issues of a bad record. */
export const drawBad = (bad: BadRecord, { name, redact: isRedacted }: BadRecordLook): string => {
  const text =
    bad._tag === 'Reject'
      ? draw(bad.error, name)
      : draw(
          { ...bad.error, reason: `cannot be written: ${bad.error.reason}` },
          `${name()}: record ${bad.index + 1}`,
        )
  return isRedacted ? redact(text) : text
}

/** The most bad records that are shown when they are skipped. */
export const maxShown = 20

/**
 * Runs a conversion with the policy that was passed. A quarantine file appears with the output,
 * once all has gone well.
 */
export const withBadRecords = <A, E, R>(
  option: BadRecordOption,
  look: BadRecordLook,
  convert: (policy: BadRecordPolicy) => Effect.Effect<A, E, R>,
): Effect.Effect<A, E | FileError | BadRecord, R> => {
  if (option._tag === 'Fail') return convert('fail')
  if (option._tag === 'Skip') {
    let shown = 0
    return convert(bad =>
      Effect.forEach(bad, one => {
        if (one._tag === 'Reject' && one.isRepeat) return Effect.void
        shown++
        if (shown > maxShown + 1) return Effect.void
        return complain(shown > maxShown ? '… and more' : drawBad(one, look))
      }),
    )
  }
  return Effect.gen(function* () {
    const letters = yield* Queue.bounded<DeadLetter, Cause.Done>(1024)
    const writing = Stream.fromQueue(letters).pipe(
      writeRecords(Ndjson.of(DeadLetter)),
      compressByName(option.path),
      writeOutput(option.path),
    )
    const converting = Effect.tap(
      convert(bad =>
        Effect.asVoid(
          Queue.offerAll(
            letters,
            bad.map(one => letterOf(one, look)),
          ),
        ),
      ),
      () => Queue.end(letters),
    )
    const [converted] = yield* nameTogether(Effect.all([converting, writing], { concurrency: 2 }))
    return converted
  })
}

const letterOf = (bad: BadRecord, look: BadRecordLook): DeadLetter => {
  if (bad._tag === 'Reject')
    return toDeadLetter(bad, look.name(bad.table), look.redact ? redact<string> : undefined)
  return {
    source: look.name(),
    index: bad.index,
    error: drawBad(bad, look),
    raw: JSON.stringify(bad.value),
    encoding: 'utf-8',
  }
}
