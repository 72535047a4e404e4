/** Runs every test once and closes with the count that CI reads: `N passed, N failed, N skipped`. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

// by its module: a command of node_modules is a script of the shell on Windows
const vitest = join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs')
const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-test-'))
const file = join(folder, 'report.json')
const args = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
  ...process.argv.slice(2),
]
const { status } = spawnSync(process.execPath, [vitest, ...args], { stdio: 'inherit' })

try {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  const { numPassedTests: passed, numFailedTests: failed } = report
  console.log(`${passed} passed, ${failed} failed, ${report.numPendingTests + report.numTodoTests} skipped`)
} catch {
  console.error('the tests did not run: vitest wrote no report')
}
rmSync(folder, { recursive: true })
process.exitCode = status ?? 1
