import { existsSync } from 'node:fs'
import { escapeUnprintable } from '@finetune-kit/codec'
import { chosenDatabase, type OnDamage, openStore, type Store, type StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import { type CliError, cliError } from '../CliError.ts'
import { complain, exitWith } from '../Io.ts'

/** True if there is a database to read where none is passed. */
export const hasDefaultDatabase = (): boolean => {
  const { db = '', databaseUrl } = chosenDatabase()
  return databaseUrl !== undefined || existsSync(db)
}

/** The file of the database of a command; undefined for a database of PostgreSQL. */
export const databaseFile = (file: string | undefined): string | undefined => chosenDatabase(file).db

/** Opens the database of a command. */
export const openRuns = (
  file: string | undefined,
  isReadOnly = false,
): Effect.Effect<Store, CliError, Scope.Scope> =>
  fromStore(openStore({ ...chosenDatabase(file), isReadOnly, onRefresh: complain }))

/**
 * Opens the database of a command that only reads: a file that is missing is an error. Where none
 * is passed and nothing was ever imported, it is empty.
 */
export const openExistingRuns = (file: string | undefined): Effect.Effect<Store, CliError, Scope.Scope> =>
  openRuns(file ?? (hasDefaultDatabase() ? undefined : ':memory:'), true)

/** Tells of a history that is damaged, and ends the command with 1. */
export const tellDamage =
  ({ subject }: Store): OnDamage =>
  (id, { n, reason, remedy }) =>
    Effect.andThen(
      complain(
        `${subject}: run ${escapeUnprintable(JSON.stringify(id))}: snapshot ${n + 1} of its history: ${reason}. ${remedy}`,
      ),
      exitWith(1),
    )

/** The errors of a store as lines for the person at the command line. */
export const fromStore = <A, E extends { readonly _tag: string }, R>(
  effect: Effect.Effect<A, E | StoreError, R>,
): Effect.Effect<A, Exclude<E, StoreError> | CliError, R> =>
  Effect.mapError(effect, error =>
    error._tag === 'StoreError' ? cliError((error as StoreError).message) : (error as Exclude<E, StoreError>),
  )
