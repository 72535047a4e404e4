import { FineTuneSnapshot, type Kind } from '@finetune-kit/model'
import { type Format, Ndjson } from '@finetune-kit/serialization'
import {
  Compression,
  type Policy,
  readRecords,
  readRows,
  type Tally,
  tally,
  underPolicy,
  writeFile,
  writeRecords,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { several } from '../commands/several.ts'
import { nameOf, stdin } from '../place.ts'
import { type Trouble, trouble } from '../Trouble.ts'
import { type Choice, drawBad, withChoice } from './bad.ts'
import { inJobs } from './inJobs.ts'
import { withProgress } from './progress.ts'
import { type Source, source } from './source.ts'

export interface Plan {
  readonly input: string
  readonly output: string
  readonly said: { readonly format: Format | undefined; readonly kind: Kind.Kind | undefined }
  readonly to: Format
  readonly bad: Choice
  readonly jobs: number
}

export interface Converted {
  /** For people; none when nobody is left to read it. */
  readonly summary: string | undefined
  /** Whether anything of the input was bad: records, or what stands between them. */
  readonly hasBad: boolean
}

/** Reads a file and writes it in another format, by the plan. */
export const conversion = (plan: Plan): Effect.Effect<Converted, Trouble> => {
  const count = tally()
  const outName = plan.output === stdin ? 'stdout' : plan.output
  return Effect.scoped(
    Effect.gen(function* () {
      const opened = yield* source(plan.input, plan.said)
      const compression = Compression.ofName(plan.output)
      let hasBad = false
      yield* withChoice(plan.bad, opened.name, choice => {
        const policy: Policy =
          choice === 'fail'
            ? choice
            : bad =>
                Effect.andThen(
                  Effect.sync(() => void (hasBad = true)),
                  choice(bad),
                )
        const bytes = written(opened, { ...plan, policy, count })
        return writeFile(plan.output)(
          compression === undefined ? bytes : Compression.compress(compression, outName)(bytes),
        )
      }).pipe(withProgress(opened, count, process.stderr))
      const summary =
        `${several(count.read, 'record')} read from ${opened.name} (${opened.format.name}): ` +
        `${count.written} written to ${outName} (${plan.to.name}), ${count.rejected} rejected`
      return { summary, hasBad }
    }),
  ).pipe(
    Effect.catch((error): Effect.Effect<Converted, Trouble> => {
      switch (error._tag) {
        case 'Reject':
        case 'Unwritable': {
          const kept = plan.output === stdin ? 'stdout ends there' : `${outName} was not written`
          const hint = `Stopped at a bad record: ${kept}. --bad skip goes on without such records.`
          return Effect.succeed({ summary: `${drawBad(error, nameOf(plan.input))}\n${hint}`, hasBad: true })
        }
        case 'Trouble':
          return Effect.fail(error)
        case 'FileTrouble':
          // whoever reads the output may stop reading: that is no mistake
          if (plan.output === stdin && error.code === 'EPIPE')
            return Effect.succeed({ summary: undefined, hasBad: false })
          return Effect.fail(trouble(`${nameOf(error.path)}: ${error.reason}.`))
        case 'WorkerTrouble':
          return Effect.fail(trouble(`A thread stopped: ${error.reason}`))
        default:
          return Effect.fail(
            trouble(`${nameOf(plan.input)} has a line too long to be shared out: leave --jobs away.`),
          )
      }
    }),
  )
}

interface Way extends Plan {
  readonly policy: Policy
  readonly count: Tally
}

/** The bytes of the output. */
const written = ({ format: from, kind, bytes, file }: Source, { to, jobs, policy, count }: Way) => {
  const codec = (kind?.codec ?? FineTuneSnapshot) as t.Type<unknown>
  const options = { bad: policy, tally: count }
  const { rows } = from.of(codec)
  if (file !== undefined && rows !== undefined)
    return readRows({ rows }, options)(file).pipe(writeRecords(to.of(codec), options))
  if (jobs === 1 || from !== Ndjson || kind === undefined)
    return bytes.pipe(readRecords(from.of(codec), options), writeRecords(to.of(codec), options))
  const writing = to === Ndjson
  const parts = bytes.pipe(
    inJobs(kind, { jobs, writing, isFirstLast: policy === 'fail', tally: count }),
    underPolicy(policy),
  )
  return writing
    ? parts.pipe(
        Stream.map(part => part as Uint8Array),
        Stream.filter(part => part.length > 0),
      )
    : parts.pipe(writeRecords(to.of(codec), options))
}
