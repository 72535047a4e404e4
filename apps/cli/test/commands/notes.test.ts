/** Notes of a reader about a whole input are printed by every command that reads it. */
import { simulateJobs } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written } = folderOfTests()
const job = JSON.stringify(simulateJobs()[0]?.snapshots[0])
const yaml = `%YAML 1.3\n---\n${job}\n...\n%\u009b31m x\n---\n${job}\n`
const notes =
  'job.yaml: line 1: the directive "%YAML 1.3" is ignored\n' +
  'job.yaml: line 5: the directive "%\\u009b31m x" is ignored\n'

test.each([
  [['validate', 'job.yaml']],
  [['hash', 'job.yaml']],
  [['log', 'job.yaml']],
  [['convert', 'job.yaml', '-', '--to', 'ndjson']],
  [['import', 'job.yaml', '--db', 'notes.db']],
  [['diff', 'job.ndjson', 'job.yaml']],
  [['compare', 'job.yaml', 'job.ndjson']],
] as const)('%j', async args => {
  written('job.yaml', yaml)
  written('job.ndjson', `${job}\n`)
  expect((await finetune(args)).stderr).toContain(notes)
})
