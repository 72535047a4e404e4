import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as codec from '@finetune-kit/codec'
import { describedCodecs } from '@finetune-kit/build/src/describedCodecs.ts'
import { describeDeclaration } from '@finetune-kit/build/src/describeDeclaration.ts'
import { expect, test } from 'vitest'
import * as model from '@finetune-kit/model'

const describe = describeDeclaration(describedCodecs(codec)(model))

/**
 * The declaration that `tsc` emits for a module of the package, before and after the step of the
 * build.
 */
const emitted = (module: string): { readonly before: string; readonly after: string } => {
  const outDir = mkdtempSync(join(tmpdir(), 'declarations-'))
  const root = fileURLToPath(new URL('../', import.meta.url))
  const options = [
    '--outDir',
    outDir,
    '--declaration',
    '--emitDeclarationOnly',
    '--composite',
    'false',
    '--incremental',
    'false',
  ]
  const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))
  const run = (...args: ReadonlyArray<string>): void => {
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...args], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stdout)
  }
  // in a fresh clone the declarations of the packages that this one refers to are not there yet
  run('-b', root)
  run('-p', root, ...options)
  const before = readFileSync(join(outDir, `${module}.d.ts`), 'utf8')
  rmSync(outDir, { recursive: true })
  return { before, after: describe(before) }
}

const job = emitted('job/FineTuningJobSnapshot')

test('describeDeclaration writes a comment before each property, at every level', () => {
  expect(job.before).toMatch(/^ +training_file: /m)
  expect(job.after).toMatch(/^ +\/\*\* The id of the [^*]+\*\/ training_file: /m)
  expect(job.after).toMatch(/^ +\/\*\* The project[^*]+\*\/ project: /m)
  const bare = job.after.match(/^ +\w+\??: .*$/gm) ?? []
  expect(bare).toEqual([])
})

test('describeDeclaration writes a comment before the codec and its interface', () => {
  expect(job.after).toMatch(/^\/\*\* A fine-tuning job [^*]+\*\/ export interface FineTuningJobSnapshot /m)
  expect(job.after).toMatch(/\*\/\s*export declare const FineTuningJobSnapshot: /)
})

test('describeDeclaration keeps lines, and changes nothing the second time', () => {
  expect(job.after.split('\n')).toHaveLength(job.before.split('\n').length)
  expect(describe(job.after)).toBe(job.after)
})
