import { stat } from 'node:fs/promises'
import { describeDataFile, inputName, observations, openInput } from '@finetune-kit/archive'
import { drawFileError, type FileError, readFile } from '@finetune-kit/serialization/effect'
import type { ImportReport, Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'
import { rejectFile } from './rejectFile.ts'

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
      const input = yield* openRecords(path === name ? path : { name, bytes: readFile(path) })
      const seenAt = Math.floor(Date.now() / 1000)
      let records = 0
      const progressOf = (report: ImportReport): ImportProgress => ({
        ...report,
        bytesRead: input.progress.taken,
        records,
      })
      const appendRejects = rejectsPath === undefined ? undefined : rejectFile(input.name, rejectsPath)
      let failure: LedgerError | undefined
      const check = Effect.suspend(() => (failure === undefined ? Effect.void : Effect.fail(failure)))
      const counted = Stream.tap(observations({ seenAt, runId })(input), batch => {
        records += batch.length
        return check
      })
      const report = yield* store.importObservations(counted, {
        source: input.name,
        unseenAt: seenAt,
        onBatch: (report, rejected) => {
          if (rejected.length > 0) failure ??= appendRejects?.(rejected)
          onProgress(progressOf(report))
        },
      })
      yield* check
      return progressOf(report)
    }),
  ).pipe(Effect.mapError(named(name)))

/** Fails if a file cannot be opened, or is none of records. A pipe is not looked into. */
export const checkFile = (path: string): Effect.Effect<void, LedgerError> =>
  Effect.gen(function* () {
    const found = yield* Effect.promise(() => stat(path).catch(() => undefined))
    if (path === '-' || found?.isFIFO() === true) return
    yield* Effect.scoped(openRecords(path))
  }).pipe(Effect.mapError(named(path)))

const openRecords = (source: Parameters<typeof openInput>[0]) =>
  Effect.tap(openInput(source), ({ name, data }) =>
    data?._tag === 'Training' ? Effect.fail(ledgerError(`${name}: ${describeDataFile(data)}.`)) : Effect.void,
  )

type Failure = LedgerError | FileError | { readonly _tag: string; readonly message: string }

const named =
  (name: string) =>
  (error: Failure): LedgerError =>
    ledgerError(
      error._tag === 'FileError'
        ? drawFileError(error as FileError, inputName(name))
        : (error as LedgerError).message,
    )
