import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/** Throws if the file was moved or deleted. Of reads, the first of each second is checked. */
export type PlaceCheck = (isWrite: boolean) => void

/**
 * SQLite notices by itself that its file is no longer at its path, but not with a write-ahead log:
 * everything would be acknowledged, and lost with the last connection. The log is emptied into the
 * file that was moved, once: the next who opens the path would take it for that of the file there.
 */
export const placeCheck = (file: string, database: DatabaseSync): PlaceCheck => {
  if (file === ':memory:') return () => {}
  const { ino } = statSync(file)
  let checkedAt = performance.now()
  let isEmptied = false
  return isWrite => {
    const now = performance.now()
    if (!isWrite && now - checkedAt < 1000) return
    const found = statSync(file, { throwIfNoEntry: false })
    if (found?.ino !== ino) {
      const isOurs = logTime(file) <= (found?.ctimeMs ?? Infinity)
      if (isOurs && !isEmptied && !database.isTransaction) emptyLog(database)
      isEmptied = true
      throw Object.assign(new Error('the database was moved'), { errcode: wasMoved })
    }
    checkedAt = now
    isEmptied = false
  }
}

/** https://www.sqlite.org/rescode.html */
const wasMoved = 1032

/** When the log was last written: after the file came to its path, by somebody who uses that. */
const logTime = (file: string): number => statSync(`${file}-wal`, { throwIfNoEntry: false })?.mtimeMs ?? 0

const emptyLog = (database: DatabaseSync): void => {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // what cannot be written stays in the log
  }
}
