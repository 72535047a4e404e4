import { ApiError, ask } from '../api/ask.ts'
import { ImportStatus } from '../../../src/api/imports.ts'

/** The milliseconds before an import is looked at first, and the most between two looks. */
const [firstPause, longestPause] = [10, 1000]

/**
 * Follows an import until it ends. It asks again and again: a browser opens six connections to a
 * server, and streams of some imports in two tabs would take them all.
 */
export const follow = async (
  { id, started_at, ended_at }: ImportStatus,
  onStatus: (status: ImportStatus) => void,
): Promise<void> => {
  let isOver = ended_at !== null
  for (let pause = firstPause; !isOver; pause = Math.min(longestPause, pause * 1.5)) {
    await new Promise(resolve => setTimeout(resolve, pause))
    const status = await ask(ImportStatus, `api/imports/${encodeURIComponent(id)}`).catch(unlessRefused)
    if (status === undefined) continue
    // a server that was started again counts its imports from 1
    if (status.started_at !== started_at) throw startedAgain()
    onStatus(status)
    isOver = status.ended_at !== null
  }
}

/** Waits for a server that does not answer. */
const unlessRefused = (error: unknown): undefined => {
  if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) return
  throw error.status === 404 ? startedAgain() : error
}

const startedAgain = (): ApiError =>
  new ApiError('The server was started again before the import ended. Import the file once more.')
