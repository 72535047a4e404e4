import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { apiReports } from '../../src/api/apiReports.ts'

const root = mkdtempSync(join(tmpdir(), 'finetune-kit-api-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const folder = join(root, 'packages/sample')
const declare = (declaration: string) => writeFileSync(join(folder, 'dist/index.d.ts'), `${declaration}\n`)

test('a change of the public surface is reported until its report is written', () => {
  mkdirSync(join(folder, 'dist'), { recursive: true })
  const exports = { '.': { types: './dist/index.d.ts' }, './package.json': './package.json' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'sample', publishConfig: { exports } }))
  declare('export declare const decode: (text: string) => number;')
  const report = join(folder, 'etc/index.api.md')

  expect(apiReports(root, false)).toEqual([report])
  expect(apiReports(root, true)).toEqual([report])
  expect(apiReports(root, false)).toEqual([])
  expect(readFileSync(report, 'utf8')).toContain('export const decode: (text: string) => number;')

  declare('export declare const decode: (text: string, strict: boolean) => number;')
  expect(apiReports(root, false)).toEqual([report])
})
