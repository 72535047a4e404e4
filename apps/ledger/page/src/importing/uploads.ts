import { ApiError, ask, change } from '../api/ask.ts'
import { ImportList, ImportStatus } from '../../../src/api/imports.ts'
import { follow } from './follow.ts'
import { sendFile } from './sendFile.ts'

/** A file on its way into the ledger. */
export interface Upload {
  readonly id: number
  readonly name: string
  readonly size: number
  /** Bytes that the server has taken. */
  readonly sent: number
  /** The reason why it could not be sent. */
  readonly problem?: string
  /** The import, once the server has the file. */
  readonly status?: ImportStatus
  readonly stop: AbortController
}

// of the page, not of a view: an import continues while the reader looks elsewhere
let uploads: ReadonlyArray<Upload> = []
let count = 0
let queue: Promise<void> = Promise.resolve()
const listeners = new Set<() => void>()

const set = (next: ReadonlyArray<Upload>): void => {
  uploads = next
  for (const listener of listeners) listener()
}

const update = (id: number, part: Partial<Upload>): void =>
  set(uploads.map(upload => (upload.id === id ? { ...upload, ...part } : upload)))

export const allUploads = (): ReadonlyArray<Upload> => uploads

export const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

// a file that is not sent yet would be lost without a word
addEventListener('beforeunload', event => {
  if (uploads.some(({ problem, status }) => problem === undefined && status === undefined))
    event.preventDefault()
})

/** Imports files one after the other. `run` is the id of the run of records that name none. */
export const addFiles = (files: ReadonlyArray<File>, run?: string): void => {
  for (const file of files) {
    const { name, size } = file
    const upload: Upload = { id: ++count, name, size, sent: 0, stop: new AbortController() }
    set([...uploads, upload])
    queue = queue.then(() => importFile(file, upload, run))
  }
}

/** Sends a file and follows its import to the end. Never rejects: problems are part of the upload. */
const importFile = async (file: File, { id, stop: { signal } }: Upload, run?: string): Promise<void> => {
  try {
    signal.throwIfAborted()
    const status = await sendFile(file, { run, signal, onProgress: sent => update(id, { sent }) })
    if (signal.aborted) return void (await askToCancel(status))
    update(id, { status, sent: file.size })
    await follow(status, next => update(id, { status: next }))
  } catch (error) {
    update(id, { problem: signal.aborted ? 'Cancelled.' : sentenceOf(error) })
  }
}

/** The most imports that are followed at once: the server is asked for each every second. */
const maxFollowed = 3

/** Shows the imports that run already: of the server's own files, and of other pages. */
export const followRunning = async (): Promise<void> => {
  const { imports } = await ask(ImportList, 'api/imports')
  const running = imports.filter(({ ended_at }) => ended_at === null).slice(-maxFollowed)
  for (const status of running.toReversed()) {
    const { id, name, bytes: size, started_at: start } = status
    if (uploads.some(({ status: known }) => known?.id === id && known.started_at === start)) continue
    const upload: Upload = { id: ++count, name, size, sent: size, status, stop: new AbortController() }
    set([...uploads, upload])
    follow(status, next => update(upload.id, { status: next })).catch((error: unknown) =>
      update(upload.id, { problem: sentenceOf(error) }),
    )
  }
}

export const cancel = ({ id, stop, status }: Upload): void => {
  stop.abort()
  if (status === undefined) return update(id, { problem: 'Cancelled.' })
  askToCancel(status).then(
    cancelled => update(id, { status: cancelled }),
    (error: unknown) => update(id, { problem: sentenceOf(error) }),
  )
}

const askToCancel = ({ id }: ImportStatus): Promise<ImportStatus> =>
  ask(ImportStatus, `api/imports/${encodeURIComponent(id)}`, change('DELETE'))

/** True of an upload that nothing more happens to. */
export const isOver = ({ problem, status }: Upload): boolean =>
  problem !== undefined || (status !== undefined && status.ended_at !== null)

export const dismissOver = (): void => set(uploads.filter(upload => !isOver(upload)))

export const dismiss = ({ id }: Upload): void => set(uploads.filter(upload => upload.id !== id))

const sentenceOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : 'The file could not be read.'
