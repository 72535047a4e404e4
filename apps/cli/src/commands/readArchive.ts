import { escapeUnprintable } from '@finetune-kit/codec'
import { redact as redacted } from '@finetune-kit/diff'
import * as Argument from 'effect/cli/Argument'
import * as Flag from 'effect/cli/Flag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { inputError, inputName, readItems, RunArchive as Archive, tryReading } from '@finetune-kit/archive'

/** The file whose runs a command is about. */
export const archive = Argument.String('archive').pipe(
  Argument.withDescription('A file of records, in any format; - is standard input'),
)

/** `--redact`: what is not for everybody is cut off. */
export const redact = Flag.Boolean('redact').pipe(
  Flag.withDefault(false),
  Flag.withDescription('Cut off API keys and ids of organizations'),
)

interface Wanted {
  /** A file, or `-`. */
  readonly path: string
  /** The ids of the runs that are asked for, in the order to be told of; every run, when there are none. */
  readonly runs: ReadonlyArray<string>
  readonly redact: boolean
}

/** The runs of a file with their snapshots; says what of it cannot be read, and then the command ends with 1. */
export const readArchive = Effect.fnUntraced(function* <A>(
  codec: t.Type<A, unknown>,
  { path, runs: wanted, redact }: Wanted,
) {
  const name = inputName(path)
  const { runs, rejects } = yield* tryReading(path, () => Archive.of(codec)(name, readItems(path, codec)))
  for (const reject of rejects) yield* Console.error(redact ? redacted(reject) : reject)
  if (runs.size === 0)
    yield* Effect.fail(
      inputError(
        rejects.length === 0
          ? `${name} is empty: it holds no record.`
          : `${name} has no record that can be read.`,
      ),
    )
  const missing = wanted.find(run => !runs.has(run))
  if (missing !== undefined)
    yield* Effect.fail(inputError(`${name} has no run ${escapeUnprintable(JSON.stringify(missing))}.`))
  if (rejects.length > 0) process.exitCode = 1
  return new Map((wanted.length === 0 ? [...runs.keys()] : wanted).map(run => [run, runs.get(run) ?? []]))
})
