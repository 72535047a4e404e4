import { existsSync, mkdirSync, statSync } from 'node:fs'
import * as module from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * Makes Node keep compiled code, which saves a quarter of a start. The folder belongs to the user
 * alone: anyone who can write to it supplies the code that runs. A relative path is ignored, as the
 * XDG standard wants it: it would fill the working folder.
 */
export const useCompileCache = (
  environment: NodeJS.ProcessEnv,
  enable: (folder: string) => unknown = module.enableCompileCache,
): void => {
  try {
    const given = [environment['XDG_CACHE_HOME'] ?? '', join(homedir(), '.cache')]
    const cache = given.find(isAbsolute)
    if (cache === undefined) return
    const folder = join(cache, 'finetune-kit')
    // not by `recursive`, which never ends under /proc
    for (const path of [cache, folder]) if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
    const { mode, uid } = statSync(folder)
    const isPrivate = process.getuid === undefined || ((mode & 0o077) === 0 && uid === process.getuid())
    if (isPrivate) enable(folder)
  } catch {
    // no home, or one that cannot be written to: compiled at each start
  }
}
