import { escapeUnprintable } from '@finetune-kit/codec'
import { rejectReport } from '@finetune-kit/archive'
import { redact as redacted } from '@finetune-kit/diff'
import type { RecordKind } from '@finetune-kit/model'
import * as Argument from 'effect/cli/Argument'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { cliError } from '../CliError.ts'
import { complain, exitWith } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { openRecords } from './readRecords.ts'
import { type ArchiveContent, runRecords } from './runRecords.ts'

/** The file whose runs a command is about. */
export const archive = Argument.String('archive').pipe(
  Argument.withDescription('A file of records in any format. - is standard input'),
)

/** `--redact` */
export const redact = Flag.Boolean('redact').pipe(
  Flag.withDefault(false),
  Flag.withDescription('Hide API keys and organization ids'),
)

interface Wanted {
  readonly path: string
  readonly kind: RecordKind.RecordKind | undefined
  /** The ids of the runs that are asked for, in the order to show them. Default: all. */
  readonly runs: ReadonlyArray<string>
  readonly redact: boolean
  /** The run of events that name none. Default: the only run of the file. */
  readonly bareRun?: string | undefined
}

/** Reads an archive of any kinds of records. Prints what is rejected; the command then ends with 1. */
export const readArchive = Effect.fnUntraced(function* ({
  path,
  kind,
  runs: wanted,
  redact,
  bareRun,
}: Wanted) {
  const { input, batches } = yield* openRecords(path, { kind })
  const rejects = rejectReport(input.name)
  const records = runRecords(kind)
  yield* Stream.runForEach(batches, batch =>
    Effect.sync(() => {
      for (const result of batch)
        if (result._tag === 'Reject') rejects.add(result)
        else records.add(result.value, input.kind)
    }),
  )
  const lines = rejects.lines()
  yield* complain(...lines.map(line => (redact ? redacted(line) : line)))
  const { runs, unjoined } = records.join(bareRun)
  if (runs.length === 0)
    yield* Effect.fail(cliError(`${input.name}: ${emptiness(lines.length > 0, unjoined)}`))
  const missing = wanted.find(id => !runs.some(run => run.id === id))
  if (missing !== undefined)
    yield* Effect.fail(cliError(`${input.name}: no run ${escapeUnprintable(JSON.stringify(missing))}.`))
  if (lines.length > 0) yield* exitWith(1)
  const content: ArchiveContent = {
    runs: wanted.length === 0 ? runs : wanted.flatMap(id => runs.find(run => run.id === id) ?? []),
    unjoined,
  }
  return content
}, Effect.scoped)

const emptiness = (hasRejects: boolean, unjoined: ReadonlyMap<string, number>): string => {
  if (hasRejects) return 'no valid run.'
  const [first] = unjoined
  return first === undefined
    ? 'empty. Pass a file with records.'
    : `no run, only ${pluralize(first[1], first[0])}. Pass a file that holds the run too.`
}
