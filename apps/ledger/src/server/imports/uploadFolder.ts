import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import type * as Scope from 'effect/Scope'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'

/** Milliseconds after which nobody waits for what a killed server has left: three hours. */
const maxAge = 3 * 3_600_000

/**
 * A folder for the uploads of a server, for as long as the scope lives. It is touched each hour:
 * systems remove what is old from their temporary folder. Folders of servers that were killed are
 * removed once they are as old as no folder of a server that runs, also in another container.
 */
export const uploadFolder = (
  parent = tmpdir(),
  pause: Duration.Input = '1 hour',
): Effect.Effect<string, LedgerError, Scope.Scope> =>
  Effect.tap(made(parent), path =>
    Effect.forkScoped(
      Effect.repeat(
        Effect.promise(() => utimes(path, new Date(), new Date()).catch(() => {})),
        Schedule.spaced(pause),
      ),
    ),
  )

const made = (parent: string) =>
  Effect.acquireRelease(
    Effect.tryPromise({
      try: async () => {
        await removeLeft(parent)
        return mkdtemp(join(parent, `finetune-ledger-${process.pid}-`))
      },
      catch: error =>
        ledgerError(
          `${parent}: no folder for uploads can be made there (${(error as NodeJS.ErrnoException).code}). Set TMPDIR to a folder that this user may write to.`,
        ),
    }),
    path => Effect.promise(() => rm(path, { recursive: true, force: true })),
  )

/** Removes what it can: the folders of other users stay. */
const removeLeft = async (parent: string): Promise<void> => {
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    const [, pid] = /^finetune-ledger-(\d+)-\w+$/.exec(name) ?? []
    if (pid === undefined || isOther(Number(pid))) continue
    const path = join(parent, name)
    try {
      const { mtimeMs } = await stat(path)
      if (Date.now() - mtimeMs > maxAge) await rm(path, { recursive: true })
    } catch {
      // of another user, or removed by another server
    }
  }
}

/** True of a running process. In a container each server has the same id as the one before it. */
const isOther = (pid: number): boolean => {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
