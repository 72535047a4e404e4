import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder of the tests of one file, which is removed after them. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return folder
}
