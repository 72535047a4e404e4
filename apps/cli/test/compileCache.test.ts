import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { useCompileCache } from '../src/compileCache.ts'

const home = mkdtempSync(join(tmpdir(), 'cache-'))
afterAll(() => rmSync(home, { recursive: true }))

const used = (cache: string): ReadonlyArray<string> => {
  const folders: Array<string> = []
  useCompileCache({ XDG_CACHE_HOME: cache }, folder => folders.push(folder))
  return folders
}

test('useCompileCache uses a folder that only its user can write to, and no other', () => {
  const folder = join(home, 'finetune-kit')
  expect(used(home)).toEqual([folder])
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  chmodSync(folder, 0o777)
  expect(used(home)).toEqual([])
})

test('useCompileCache does without where there is no folder to be had', () => {
  expect(used('/dev/null')).toEqual([])
})

test('useCompileCache makes no folder where the program was started', () => {
  vi.stubEnv('HOME', home)
  expect(used('relative')).toEqual([join(home, '.cache/finetune-kit')])
  vi.stubEnv('HOME', '')
  expect(used('relative')).toEqual([])
  expect(['relative', '.cache'].filter(existsSync)).toEqual([])
  vi.unstubAllEnvs()
})
