import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs a function with a temporary folder and removes it afterwards. */
export const inFolder = <A>(job: (folder: string) => A): A => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-bench-'))
  try {
    return job(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes an archive of so many runs, as NDJSON of about 1.8 kB a run. */
export const writeArchive = (count: number, path: string): void => {
  const file = openSync(path, 'w')
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'archive.ts'), String(count)], {
    stdio: ['ignore', file, 'inherit'],
  })
  closeSync(file)
  if (status !== 0) throw new Error(`the archive ended with ${status}`)
}
