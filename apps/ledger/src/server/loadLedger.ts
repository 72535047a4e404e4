import { fileURLToPath } from 'node:url'
import {
  codecForInput,
  describeDataFile,
  inputName,
  openInput,
  readBatches,
  readWhole,
  type RejectReport,
  rejectReport,
  type RunRecords,
  runRecords,
} from '@finetune-kit/archive'
import { ResultMetrics } from '@finetune-kit/model/results'
import { drawFileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { type LedgerError, ledgerError } from '../LedgerError.ts'
import { type Ledger, ledgerRuns } from './Ledger.ts'
import { recordsOf } from './recordsOf.ts'

const sampleFile = (name: string) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url))

/** The sample shipped with the ledger: fine-tuning jobs, and fine-tunes. */
export const sample: ReadonlyArray<string> = [sampleFile('jobs.ndjson'), sampleFile('ledger.ndjson')]

interface Loaded {
  readonly name: string
  readonly rejects: RejectReport
}

/** Loads the runs of some files, if there is any that can be shown. */
export const loadLedger = (paths: ReadonlyArray<string>): Effect.Effect<Ledger, LedgerError> => {
  const records = runRecords(undefined)
  return Effect.flatMap(
    Effect.forEach(paths, path => load(path, records)),
    files => {
      const { runs, unjoined } = records.join(undefined)
      const ledger: Ledger = {
        sources: files.map(({ name }) => name),
        runs: ledgerRuns({ runs, unjoined }),
        unjoined,
        rejects: files.flatMap(({ rejects }) => rejects.lines()),
        rejected: files.reduce((sum, { rejects }) => sum + rejects.records(), 0),
      }
      return ledger.runs.length > 0 ? Effect.succeed(ledger) : Effect.fail(noRuns(ledger))
    },
  )
}

/** Reads a file into the records. */
const load = (path: string, records: RunRecords): Effect.Effect<Loaded, LedgerError> => {
  const name = sample.includes(path) ? `samples/${path.split('/').at(-1)}` : inputName(path)
  const rejects = rejectReport(name)
  return Effect.scoped(
    Effect.gen(function* () {
      const input = yield* openInput(path)
      if (input.data?._tag === 'Training')
        return yield* Effect.fail(ledgerError(`${name}: ${describeDataFile(input.data)}.`))
      if (input.data?._tag === 'Results') {
        const raw = yield* readWhole(input)
        records.addResults(name, ResultMetrics.parse(new TextDecoder().decode(raw)))
        return { name, rejects }
      }
      yield* Stream.runForEach(readBatches(codecForInput(input))(input), batch =>
        Effect.sync(() => {
          for (const result of batch)
            if (result._tag === 'Reject') rejects.add(result)
            else for (const record of recordsOf(result.value)) records.add(record, input.kind)
        }),
      )
      return { name, rejects }
    }),
  ).pipe(
    Effect.mapError(error =>
      error._tag === 'LedgerError' ? error : ledgerError(drawFileError(error, name)),
    ),
  )
}

const noRuns = ({ sources, rejects, rejected, unjoined }: Ledger): LedgerError => {
  const names = sources.join(', ')
  const [first] = rejects
  if (first !== undefined)
    return ledgerError(`${first}\n${names}: no valid run, ${rejected} records were rejected.`)
  const [kind] = unjoined
  return ledgerError(
    kind === undefined
      ? `${names}: empty. Pass a file with records.`
      : `${names}: no run, only records of it (${kind[0]}). Pass a file that holds the run too.`,
  )
}
