import { accessSync, constants, statSync } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { blockingWait } from './waitForLock.ts'

/** A database that is open. */
export interface OpenFile {
  readonly opened: DatabaseSync
  /** Throws if what was read may be of two states; undefined where SQLite sees to that. */
  readonly checkContent?: () => void
}

/** True if SQLite has what is used of it here, as in Node since 22.16. */
export const isRecent = (): boolean => 'setReturnArrays' in StatementSync.prototype

/** Opens a file, which is made where there is none. */
export const openToWrite = (file: string): OpenFile => ({ opened: open(file) })

/**
 * Opens a file to read it. SQLite reads a write-ahead log by files that it makes in the folder and
 * that a reader cannot remove: who owns the database could not write to them. Where there is no log
 * and the file cannot be written to, or none can be made, it is read as one that nobody changes, as
 * long as nobody does: SQLite would take the pages of two states for one, or for damage.
 */
export const openToRead = (file: string): OpenFile => {
  if (sizeOf(file) && !isWritable(file) && sizeOf(`${file}-wal`) === undefined) return openUnchanging(file)
  try {
    return openToWrite(file)
  } catch (error) {
    const { errcode } = error as { readonly errcode?: number }
    const isHeld = errcode === cannotOpen || (errcode ?? 0) % 256 === readOnly
    if (!isHeld || !sizeOf(file) || hasLog(file)) throw error
    return openUnchanging(file)
  }
}

const openUnchanging = (file: string): OpenFile => {
  const url = pathToFileURL(file)
  url.searchParams.set('immutable', '1')
  const before = timeOf(file)
  const checkContent = () => {
    if (timeOf(file) === before) return
    throw Object.assign(new Error('the file was written to while it was read'), { errcode: busy })
  }
  return { opened: open(url), checkContent }
}

/** https://www.sqlite.org/rescode.html */
const [busy, readOnly, cannotOpen] = [5, 8, 14]

const resultCodes: ReadonlyArray<readonly [words: string, code: number]> = [
  ['database is locked', busy],
  ['attempt to write a readonly database', readOnly],
  ['disk I/O error', 10],
  ['database disk image is malformed', 11],
  ['database or disk is full', 13],
  ['unable to open database file', cannotOpen],
  ['file is not a database', 26],
]

/** True if a write-ahead log holds changes that are not in the file yet. */
export const hasLog = (file: string): boolean => Boolean(sizeOf(`${file}-wal`))

/** Undefined for a file that is not there, or in a folder that this user may not read. */
const sizeOf = (file: string): number | undefined => {
  try {
    return statSync(file).size
  } catch {
    return undefined
  }
}

/** The time of the last change of a file's content. */
const timeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs

const isWritable = (file: string): boolean => {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const open = (file: string | URL): DatabaseSync => {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: blockingWait })
    // for new files: with twice the default, an import takes 8 % less CPU
    database.exec('PRAGMA page_size = 8192')
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    // a statement that inserts many rows keeps the pages it changes: in memory, not in a file
    database.exec(`PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${cacheKibibytes}`)
    return database
  } catch (error) {
    database?.close()
    throw withResultCode(error)
  }
}

/** Adds the result code, which Deno leaves out, to an error that has only SQLite's words for it. */
const withResultCode = (error: unknown): unknown => {
  if (!(error instanceof Error) || 'errcode' in error) return error
  const [, errcode] = resultCodes.find(([words]) => error.message.startsWith(words)) ?? []
  return errcode === undefined ? error : Object.assign(error, { errcode })
}

/** The rows of 100,000 runs fit, so that lists of them do not read from the file again. */
const cacheKibibytes = 64 * 1024
