import type { Observation } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type * as SqlClient from 'effect/sql/SqlClient'
import { isSqlError, type SqlError } from 'effect/sql/SqlError'
import * as Stream from 'effect/Stream'
import { appendObservations, type AppendReport, knownItems, lastRecord } from './appendObservations.ts'
import { NotJsonError } from './columnJson.ts'
import { deleteRun, editRun, type RunEdit } from './editRun.ts'
import { exportObservations, type OnDamage } from './exportObservations.ts'
import { type Facets, facets } from './facets.ts'
import { lastSeq, write } from './facts.ts'
import { type ImportOptions, importObservations, type ImportReport } from './importObservations.ts'
import { lastRecords, recordKinds } from './lastRecords.ts'
import { countRuns, listRuns, type RunPage, type RunQuery } from './listRuns.ts'
import { commits, liveChanges } from './liveChanges.ts'
import { findRun } from './findRun.ts'
import type { RunName } from './RunName.ts'
import { isMigrated, migrate } from './migrations.ts'
import { type MarkedObservations, marksOf, observationsOf, type RunMark } from './observationsOf.ts'
import { type DatabaseOptions, openDatabase } from './openDatabase.ts'
import { computeAbandoned } from './postponedSummaries.ts'
import {
  type Changes,
  changesAfter,
  readRun,
  type RunDetail,
  type Verification,
  verifyRun,
} from './readRun.ts'
import { areSummariesFresh, refreshSummaries } from './refreshSummaries.ts'
import { refuseCode } from './refuseCode.ts'
import type { RunFilter } from './RunFilter.ts'
import { decodeRow, type RunRow } from './RunRow.ts'
import type { ImportRecord } from './sortRecords.ts'
import { type DatabaseName, fromSqlError, notJson, type StoreError, storeError } from './StoreError.ts'

/** Runs that are kept in a database: their histories, events and checkpoints. */
export interface Store extends DatabaseName {
  /**
   * Imports observations in transactions of up to 4,000 records. Repeating an import changes
   * nothing.
   */
  readonly importObservations: <E, R>(
    records: Stream.Stream<ReadonlyArray<ImportRecord>, E, R>,
    options: ImportOptions,
  ) => Effect.Effect<ImportReport, StoreError | E, R>
  /** Appends what was just seen at a service, in one transaction or in that of the caller. */
  readonly append: (observations: ReadonlyArray<Observation>) => Effect.Effect<AppendReport, StoreError>
  /** The ids among these that a run already has events, checkpoints or result files of. */
  readonly knownItems: (
    runId: string,
    ids: ReadonlyArray<string>,
  ) => Effect.Effect<ReadonlySet<string>, StoreError>
  /** The last snapshot of the newest run of this id, as JSON text; undefined if there is none. */
  readonly lastRecord: (runId: string) => Effect.Effect<string | undefined, StoreError>
  /** The database itself: for further tables, and for transactions with them. */
  readonly sql: SqlClient.SqlClient
  /** All that is kept of runs, as observations that another store can import. */
  readonly exportObservations: (
    filter?: RunFilter,
    onDamage?: OnDamage,
  ) => Stream.Stream<ReadonlyArray<Observation>, StoreError>
  /** The last record of each run of a filter. */
  readonly lastRecords: (filter?: RunFilter) => Stream.Stream<ReadonlyArray<unknown>, StoreError>
  /** The names of the kinds of these records. */
  readonly recordKinds: (filter?: RunFilter) => Effect.Effect<ReadonlyArray<string>, StoreError>
  /** One page of the runs of a filter. */
  readonly runs: (query?: RunQuery) => Effect.Effect<RunPage, StoreError>
  readonly count: (filter?: RunFilter) => Effect.Effect<number, StoreError>
  readonly facets: (filter?: RunFilter) => Effect.Effect<Facets, StoreError>
  /** The row of one run. */
  readonly row: (name: RunName) => Effect.Effect<RunRow, StoreError>
  /** One run with its history. */
  readonly run: (name: RunName) => Effect.Effect<RunDetail, StoreError>
  readonly verify: (name: RunName) => Effect.Effect<Verification, StoreError>
  /** Changes after a cursor, in the order of their commits. */
  readonly changes: (after: number, limit?: number) => Effect.Effect<Changes, StoreError>
  /** The cursor after the last change. */
  readonly lastChange: Effect.Effect<number, StoreError>
  /** The cursor after each change that follows, also those of other processes. */
  readonly liveChanges: Stream.Stream<number, StoreError>
  /** Ticks now and after commits, also those of other processes. */
  readonly commits: Stream.Stream<unknown, StoreError>
  /** All that is kept of the newest run of an id, on both sides of a mark. */
  readonly observationsOf: (id: string, after: RunMark) => Effect.Effect<MarkedObservations, StoreError>
  /** The present marks of these runs; none for a run that is not kept. */
  readonly marksOf: (ids: ReadonlyArray<string>) => Effect.Effect<ReadonlyMap<string, RunMark>, StoreError>
  readonly edit: (name: RunName, edit: RunEdit) => Effect.Effect<void, StoreError>
  readonly delete: (name: RunName) => Effect.Effect<void, StoreError>
}

/** The place of a store, and who hears of its update. */
export interface StoreOptions extends DatabaseOptions {
  /**
   * Hears in one sentence that the summaries of all runs are computed again, as after an update of
   * finetune-kit: for very many runs that takes minutes.
   */
  readonly onRefresh?: ((sentence: string) => Effect.Effect<void>) | undefined
}

/** Opens a store for as long as the scope lives, and brings its tables up to date. */
export const openStore = (options: StoreOptions): Effect.Effect<Store, StoreError, Scope.Scope> =>
  Effect.gen(function* () {
    const database = yield* openDatabase(options)
    const { sql, subject } = database
    const errorOf = <E>(error: E | SqlError) =>
      isSqlError(error) ? fromSqlError({ subject })(error) : (error as Exclude<E, SqlError>)
    const damageOf = (defect: unknown): Effect.Effect<never, StoreError> =>
      defect instanceof NotJsonError ? Effect.fail(notJson({ subject })) : Effect.die(defect)
    const named = <A, E, R>(
      effect: Effect.Effect<A, E | SqlError, R>,
    ): Effect.Effect<A, StoreError | Exclude<E, SqlError>, R> =>
      Effect.catchDefect(Effect.mapError(effect, errorOf<E>), damageOf)
    const namedStream = <A>(stream: Stream.Stream<A, SqlError>): Stream.Stream<A, StoreError> =>
      Stream.catchDefect(Stream.mapError(stream, fromSqlError({ subject })), defect =>
        Stream.fromEffect(damageOf(defect)),
      )
    const onRefresh = (runs: number) =>
      options.onRefresh?.(
        `${subject}: the summaries of ${runs} ${runs === 1 ? 'run' : 'runs'} are computed for this version of finetune-kit. Wait until it is done.`,
      ) ?? Effect.void
    yield* refuseCode(database)
    // a reader does not wait for the writer of another process
    if (!((yield* isMigrated(sql)) && (yield* named(areSummariesFresh(sql, options.isReadOnly)))))
      yield* Effect.mapError(
        named(write(sql)(Effect.andThen(migrate(database), refreshSummaries(sql, onRefresh)))),
        (error): StoreError =>
          error.kind === 'ReadOnly'
            ? storeError(
                'ReadOnly',
                `${subject}: its tables are not those of this version, and this user may not bring them up to date. Open it once as a user who may, or pass --db with another file.`,
              )
            : error,
      )
    if (options.isReadOnly !== true) yield* computeAbandoned(sql)
    return {
      subject,
      importObservations: (records, options) => named(importObservations(sql)(records, options)),
      append: observations => named(appendObservations(sql)(observations)),
      knownItems: (runId, ids) => named(knownItems(sql)(runId, ids)),
      lastRecord: runId => named(lastRecord(sql)(runId)),
      sql,
      exportObservations: (filter, onDamage) => namedStream(exportObservations(sql)(filter, onDamage)),
      lastRecords: filter => namedStream(lastRecords(sql)(filter)),
      recordKinds: filter => named(recordKinds(sql)(filter)),
      runs: query => named(listRuns(sql)(query)),
      count: filter => named(countRuns(sql)(filter)),
      facets: filter => named(facets(sql)(filter)),
      row: name => named(Effect.map(findRun(sql)(name), decodeRow)),
      run: name => named(readRun(sql)(name)),
      verify: name => named(verifyRun(sql)(name)),
      changes: (after, limit) => named(changesAfter(sql)(after, limit)),
      lastChange: named(lastSeq(sql)),
      liveChanges: namedStream(liveChanges(database)),
      commits: namedStream(commits(database)),
      observationsOf: (id, after) => named(observationsOf(sql)(id, after)),
      marksOf: ids => named(marksOf(sql)(ids)),
      edit: (name, edit) => named(editRun(sql)(name, edit)),
      delete: name => named(deleteRun(sql)(name)),
    }
  })
