import { Finite, Integer, nullable, OpenEnum, record } from '@finetune-kit/codec'
import * as t from 'io-ts'

const ImportReject = record(
  'ImportReject',
  { offset: Integer, message: t.string },
  // where the file has lines, or else numbers its records
  { line: Integer, record: Integer },
)

/** The state and the result of an import. */
export const ImportStatus = record('ImportStatus', {
  id: t.string,
  /** The name of the file; a very long one is cut, as messages are. */
  name: t.string,
  state: OpenEnum('ImportState', ['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** The size of the file, and the number of its bytes that are read. */
  bytes: Integer,
  bytes_read: Integer,
  records: Integer,
  /** Counts of new runs, of runs that changed, of snapshots that changed nothing, of other records. */
  added: Integer,
  changed: Integer,
  unchanged: Integer,
  items: Integer,
  rejected: Integer,
  /** The first 100 rejected records; in a list of imports the first 3. */
  rejects: t.readonlyArray(ImportReject),
  /** The reason of a failure. */
  message: nullable(t.string),
  started_at: Finite,
  ended_at: nullable(Finite),
})
export interface ImportStatus extends t.TypeOf<typeof ImportStatus> {}

/**
 * `GET /api/imports`: a page of the imports since the server started, the newest first, and of
 * those that the end of the server before it stopped.
 */
export const ImportList = record('ImportList', {
  imports: t.readonlyArray(ImportStatus),
  /** The `before` of the next page. */
  next: nullable(Integer),
})
export interface ImportList extends t.TypeOf<typeof ImportList> {}
