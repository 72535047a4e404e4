import { execFileSync } from 'node:child_process'
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'

const mount = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw error
  }
}

const unmount = (folder: string): void => {
  execFileSync('umount', ['--lazy', folder])
  rmSync(folder, { recursive: true })
}

/** True if this user may mount a disk: root outside of most containers. */
export const canMount = (): boolean => {
  try {
    unmount(mount())
    return true
  } catch {
    return false
  }
}

/** A disk of 40 MB, with a folder of the user postgres. */
export const smallDisk = Effect.map(
  Effect.acquireRelease(Effect.sync(mount), disk => Effect.sync(() => unmount(disk))),
  disk => {
    const folder = join(disk, 'data')
    const filler = join(disk, 'filler')
    mkdirSync(folder)
    const [uid, gid] = ['-u', '-g'].map(flag =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
    )
    chownSync(folder, uid as number, gid as number)
    return { folder, fill: () => fill(filler), empty: () => rmSync(filler) }
  },
)

/** Writes a file until there is no room for another byte. */
const fill = (file: string): void => {
  const descriptor = openSync(file, 'w')
  for (const size of [1 << 20, 4096, 1])
    try {
      for (;;) writeSync(descriptor, Buffer.alloc(size, 1))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  closeSync(descriptor)
}
