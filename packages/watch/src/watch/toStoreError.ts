import { fromSqlError, type Store, type StoreError, storeError } from '@finetune-kit/store'
import * as Cause from 'effect/Cause'
import { isSqlError, type SqlError } from 'effect/sql/SqlError'

/** An error that is not the service's: of the database, or of the queue in it. */
export type DatabaseError = SqlError | StoreError | { readonly message: string; readonly cause?: unknown }

/** The error of a database in the words of the store. */
export const toStoreError =
  ({ subject }: Pick<Store, 'subject'>) =>
  (error: DatabaseError): StoreError => {
    if ('_tag' in error && error._tag === 'StoreError') return error
    if (isSqlError(error)) return fromSqlError({ subject })(error)
    const inner = Cause.isCause(error.cause) ? Cause.squash(error.cause) : error.cause
    return isSqlError(inner)
      ? fromSqlError({ subject })(inner)
      : storeError('Failed', `${subject}: ${error.message}. It is tried again.`)
  }
