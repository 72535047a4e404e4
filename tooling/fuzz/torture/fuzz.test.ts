/** A short run of every target. The seed is fixed, so that a commit is judged alike each time. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { targets } from '../src/targets.ts'

const program = join(import.meta.dirname, '../src/fuzz.ts')

test.each(targets.map(({ name }) => name))('%s holds for a quarter of a minute', name => {
  const args = ['--conditions=@finetune-kit/source', program, '--minutes', '0.25', '--seed', '1', name]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(new RegExp(`^${name}: (skipped, .+|[1-9]\\d* inputs, .*no failure.*)\n$`))
  console.log(stdout.trim())
})
