import { Identity, escapeUnprintable } from '@finetune-kit/codec'
import { rejectReport } from '@finetune-kit/archive'
import { redact as redacted } from '@finetune-kit/diff'
import { RecordKind } from '@finetune-kit/model'
import * as Argument from 'effect/cli/Argument'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { cliError } from '../CliError.ts'
import { complain, exitWith } from '../Io.ts'
import { openRecords } from './readRecords.ts'

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
}

/** A run with its snapshots, in the order of the input. */
export interface Run {
  readonly id: string
  readonly kind: RecordKind.RecordKind
  readonly snapshots: ReadonlyArray<unknown>
}

/** The records of an archive: its runs, and what else it holds. */
export interface ArchiveContent {
  readonly runs: ReadonlyArray<Run>
  /** Records that are no snapshot of a run, by kind: events, checkpoints. */
  readonly others: ReadonlyMap<RecordKind.RecordKind, ReadonlyArray<unknown>>
}

/** Kinds whose records are snapshots of a run. */
const runKinds = new Set(['fine-tune', 'azure-fine-tune', 'job'])

/**
 * Reads an archive of any kinds of records. Prints what is rejected; the command then ends with 1.
 */
export const readArchive = Effect.fnUntraced(function* ({ path, kind, runs: wanted, redact }: Wanted) {
  const { input, batches } = yield* openRecords(path, { kind })
  const rejects = rejectReport(input.name)
  const runs = new Map<string, Omit<Run, 'snapshots'> & { readonly snapshots: Array<unknown> }>()
  const others = new Map<RecordKind.RecordKind, Array<unknown>>()
  const take = (value: unknown): void => {
    const detected = RecordKind.detect(value)
    const found = kind ?? (detected._tag === 'Right' ? detected.right : input.kind)
    if (found === undefined) return
    const identity = Identity.of(found.codec)
    if (identity.by !== 'key' || (kind === undefined && !runKinds.has(found.name))) {
      const same = others.get(found)
      if (same === undefined) others.set(found, [value])
      else same.push(value)
      return
    }
    const id = String(identity.idOf(value))
    const run = runs.get(id)
    if (run === undefined) runs.set(id, { id, kind: found, snapshots: [value] })
    else run.snapshots.push(value)
  }
  yield* Stream.runForEach(batches, batch =>
    Effect.sync(() => {
      for (const result of batch)
        if (result._tag === 'Reject') rejects.add(result)
        else take(result.value)
    }),
  )
  const lines = rejects.lines()
  yield* complain(...lines.map(line => (redact ? redacted(line) : line)))
  if (runs.size === 0) yield* Effect.fail(cliError(`${input.name}: ${emptiness(lines.length > 0, others)}`))
  const missing = wanted.find(run => !runs.has(run))
  if (missing !== undefined)
    yield* Effect.fail(cliError(`${input.name}: no run ${escapeUnprintable(JSON.stringify(missing))}.`))
  if (lines.length > 0) yield* exitWith(1)
  const content: ArchiveContent = {
    runs: wanted.length === 0 ? [...runs.values()] : wanted.flatMap(id => runs.get(id) ?? []),
    others,
  }
  return content
}, Effect.scoped)

const emptiness = (
  hasRejects: boolean,
  others: ReadonlyMap<RecordKind.RecordKind, ReadonlyArray<unknown>>,
): string => {
  if (hasRejects) return 'no valid run.'
  const [first] = others
  return first === undefined
    ? 'empty. Pass a file with records.'
    : `no run, only ${first[1].length} of kind ${first[0].name}. Pass a file that holds the run too.`
}
