import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inputName, stdin } from '@finetune-kit/archive'
import { truncate } from '@finetune-kit/codec/compile'
import type { DatabaseOptions, Store, StoreError } from '@finetune-kit/store'
import * as Cause from 'effect/Cause'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Fiber from 'effect/Fiber'
import * as Scope from 'effect/Scope'
import * as Semaphore from 'effect/Semaphore'
import * as Stream from 'effect/Stream'
import * as SubscriptionRef from 'effect/SubscriptionRef'
import type { ImportStatus } from '../../api/imports.ts'
import type { LedgerError } from '../../LedgerError.ts'
import { type ApiError, apiError, stopping } from '../ApiError.ts'
import { type ImportJob, type ImportProgress, runImport } from './ImportJob.ts'
import * as ImportList from './ImportList.ts'
import { type Import, isFinal, update } from './ImportList.ts'
import { type ImportInProcess, importInProcess } from './importInProcess.ts'
import { spool } from './spool.ts'
import { uploadFolder } from './uploadFolder.ts'

/** The facts about an upload. */
export interface Upload {
  readonly name: string
  readonly runId: string | undefined
  readonly bytes: Stream.Stream<Uint8Array, unknown>
}

/** The imports of a server, one after the other, each with its state. */
export interface Imports {
  /** Takes an upload; the import continues after that. */
  readonly start: (upload: Upload) => Effect.Effect<ImportStatus, ApiError | StoreError>
  /** Refuses uploads from now on: the server is about to stop, and would not import them. */
  readonly refuseUploads: Effect.Effect<void>
  readonly isStopping: Effect.Effect<boolean>
  /**
   * Imports a file of this machine, and returns what became of it; undefined if it was cancelled or
   * the server stops.
   */
  readonly importFile: (path: string) => Effect.Effect<ImportProgress | undefined, LedgerError>
  readonly all: Effect.Effect<ReadonlyArray<ImportStatus>>
  readonly get: (id: string) => Effect.Effect<ImportStatus, ApiError>
  /** The states of an import until its end. */
  readonly follow: (id: string) => Effect.Effect<Stream.Stream<ImportStatus>, ApiError>
  readonly cancel: (id: string) => Effect.Effect<ImportStatus, ApiError>
  /** The path of the file of its rejected records, if there are any. */
  readonly rejectsOf: (id: string) => Effect.Effect<string | undefined, ApiError>
}

/** The most characters of the reason of a rejected record. */
const maxReason = 400

/** The size of a file; undefined if there is none. */
const sizeOf = (path: string): Effect.Effect<number | undefined> =>
  Effect.promise(() =>
    stat(path).then(
      ({ size }) => size,
      () => undefined,
    ),
  )

/** Opens the imports of a server for as long as the scope lives, with a folder for uploads. */
export const make = (
  store: Store,
  database: DatabaseOptions,
): Effect.Effect<Imports, LedgerError, Scope.Scope> =>
  Effect.gen(function* () {
    const folder = yield* uploadFolder()
    const scope = yield* Scope.Scope
    const turn = yield* Semaphore.make(1)
    const importJob = yield* importer(store, database)
    const list = yield* ImportList.make(store, folder)
    let uploads = 0
    let isRefusing = false

    /** Imports when it is its turn, and keeps the state up to date. */
    const run = (one: Import, { path, name, runId }: Omit<ImportJob, 'rejectsPath'>) =>
      Effect.gen(function* () {
        yield* update(one, { state: 'running' })
        const { rejectsPath } = one
        const progress = yield* importJob({ path, name, runId, rejectsPath }, progress =>
          Effect.runSync(update(one, statusOf(progress))),
        )
        const { bytes } = yield* SubscriptionRef.get(one.status)
        yield* update(one, { ...statusOf(progress), bytes_read: bytes, state: 'done', ended_at: now() })
        return progress
      }).pipe(
        turn.withPermits(1),
        Effect.tapError(({ message }: LedgerError) =>
          update(one, { state: 'failed', message, ended_at: now() }),
        ),
        Effect.onInterrupt(() => {
          const cancelled = update(one, { state: 'cancelled', ended_at: now() })
          return isRefusing ? Effect.andThen(list.keep(one), cancelled) : cancelled
        }),
      )

    const start = ({ name, runId, bytes }: Upload) =>
      Effect.gen(function* () {
        // the process of an import would make a database again that is gone
        yield* store.lastChange
        const path = join(folder, `${++uploads}.upload`)
        const size = yield* spool(path)(bytes)
        if (isRefusing) return yield* Effect.fail(apiError(503, stopping))
        // a client that goes away now leaves no import behind that nothing runs
        const one = yield* Effect.uninterruptible(
          Effect.tap(list.add(name, size), one =>
            run(one, { path, name, runId }).pipe(
              Effect.ignore,
              Effect.ensuring(Effect.promise(() => rm(path, { force: true }))),
              Effect.forkIn(scope),
              Effect.map(fiber => void (one.fiber = fiber)),
            ),
          ),
        )
        return yield* SubscriptionRef.get(one.status)
      })

    const importFile = (path: string) =>
      Effect.gen(function* () {
        const one = yield* list.add(inputName(path), (yield* sizeOf(path)) ?? 0)
        const fiber = yield* Effect.forkIn(run(one, { path, name: path, runId: undefined }), scope)
        one.fiber = fiber
        const exit = yield* Fiber.await(fiber)
        return Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause) ? undefined : yield* exit
      })

    return {
      start,
      refuseUploads: Effect.sync(() => void (isRefusing = true)),
      isStopping: Effect.sync(() => isRefusing),
      importFile,
      all: list.all,
      get: id => Effect.flatMap(list.find(id), ({ status }) => SubscriptionRef.get(status)),
      follow: id =>
        Effect.map(list.find(id), ({ status }) =>
          Stream.takeUntil(SubscriptionRef.changes(status), ({ state }) => isFinal(state)),
        ),
      cancel: id =>
        Effect.flatMap(list.find(id), ({ status, fiber }) =>
          Effect.andThen(
            fiber === undefined ? Effect.void : Fiber.interrupt(fiber),
            SubscriptionRef.get(status),
          ),
        ),
      rejectsOf: id =>
        Effect.flatMap(list.find(id), ({ rejectsPath }) =>
          Effect.map(sizeOf(rejectsPath), size => (size === undefined ? undefined : rejectsPath)),
        ),
    }
  })

/**
 * A database in memory is seen by its own connection only, and the standard input by this process:
 * such imports run in it.
 */
const importer = (store: Store, database: DatabaseOptions) =>
  Effect.map(
    importInProcess(database),
    (inProcess): ImportInProcess =>
      (job, onProgress) =>
        database.db === ':memory:' || job.path === stdin
          ? runImport(store, job, onProgress)
          : inProcess(job, onProgress),
  )

const now = (): number => Date.now() / 1000

const statusOf = ({ bytesRead, rejects, ...counts }: ImportProgress): Partial<ImportStatus> => ({
  ...counts,
  bytes_read: bytesRead,
  rejects: rejects.map(({ line, record, offset, reason }) => ({
    offset,
    message: truncate(reason, maxReason),
    ...(line === undefined ? {} : { line }),
    ...(record === undefined ? {} : { record }),
  })),
})
