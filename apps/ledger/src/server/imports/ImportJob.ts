import { appendFileSync } from 'node:fs'
import { observations, openInput, describeDataFile } from '@finetune-kit/archive'
import { drawFileError, readFile } from '@finetune-kit/serialization/effect'
import type { ImportReport, Rejected, Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'

/** A file to import: where it is, and what is said about it. */
export interface ImportJob {
  readonly path: string
  /** The name that the user gave the file. */
  readonly name: string
  /** The run of records that name none. */
  readonly runId?: string | undefined
  /** The file that rejected records are appended to. */
  readonly rejectsPath?: string | undefined
}

/** The state of an import after a transaction. */
export interface ImportProgress extends ImportReport {
  /** The number of bytes of the file that are read, and of records in them. */
  readonly bytesRead: number
  readonly records: number
}

/** Imports a file of any format and compression. `onProgress` is called after each transaction. */
export const runImport = (
  store: Store,
  { path, name, runId, rejectsPath }: ImportJob,
  onProgress: (progress: ImportProgress) => void = () => {},
): Effect.Effect<ImportProgress, LedgerError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const input = yield* openInput(path === name ? path : { name, bytes: readFile(path) })
      if (input.data?._tag === 'Training')
        return yield* Effect.fail(ledgerError(`${input.name}: ${describeDataFile(input.data)}.`))
      const seenAt = Math.floor(Date.now() / 1000)
      let records = 0
      const progressOf = (report: ImportReport): ImportProgress => ({
        ...report,
        bytesRead: input.progress.taken,
        records,
      })
      const counted = Stream.tap(
        observations({ seenAt, ...(runId === undefined ? {} : { runId }) })(input),
        batch => Effect.sync(() => void (records += batch.length)),
      )
      const report = yield* store.importObservations(counted, {
        source: input.name,
        unseenAt: seenAt,
        onBatch: (report, rejected) => {
          if (rejectsPath !== undefined && rejected.length > 0)
            appendFileSync(rejectsPath, rejectText(rejected))
          onProgress(progressOf(report))
        },
      })
      return progressOf(report)
    }),
  ).pipe(
    Effect.mapError(error =>
      error._tag === 'FileError' ? ledgerError(drawFileError(error, name)) : ledgerError(error.message),
    ),
  )

/** A line of NDJSON for each rejected record: its position, the reason, its beginning. */
const rejectText = (rejected: ReadonlyArray<Rejected>): string =>
  rejected
    .map(({ line, offset, reason, raw }) => `${JSON.stringify({ line, offset, message: reason, raw })}\n`)
    .join('')
