import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written } = folderOfTests()

const jobs = simulateJobs()
  .slice(0, 2)
  .flatMap(({ snapshots }) => snapshots.slice(-1))
const lines = toNdjson([...simulateRuns().slice(0, 3), ...jobs])
const mixed = written('mixed.ndjson', lines)
const kinds = 'Or pass --kind KIND --bad skip to get one kind.'

test('convert of several kinds from stdin says what to do', async () => {
  expect(await finetune(['convert', '-', 'out.parquet'], lines)).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'stdin: holds several kinds of records, and Parquet holds one. ' +
      `Save the input as a file to get a file for each kind, or pass --to ndjson. ${kinds}\n`,
  })
})

test('convert of several kinds to stdout says what to do', async () => {
  expect(await finetune(['convert', mixed, '-', '--to', 'csv'])).toMatchObject({
    code: 2,
    stderr:
      'mixed.ndjson: holds several kinds of records, and CSV holds one. ' +
      `Pass the name of an output file to get a file for each kind, or --to ndjson. ${kinds}\n`,
  })
})

test('convert of several kinds with --tables says what to do', async () => {
  expect((await finetune(['convert', mixed, 'out.csv', '--tables'])).stderr).toContain(
    'Leave out --tables to get a file for each kind.',
  )
})

test('convert --kind --bad skip writes one kind of several', async () => {
  const args = ['convert', '-', 'jobs.csv', '--kind', 'job', '--bad', 'skip']
  const { code, stderr } = await finetune(args, lines)
  expect(code).toBe(1)
  expect(stderr).toContain('5 records read from stdin (NDJSON): 2 written to jobs.csv (CSV), 3 rejected\n')
})

test('convert counts a record of no kind where each kind has a file', async () => {
  const odd = written('odd.ndjson', `${lines}{"object":"banana"}\n`)
  const { code, stderr } = await finetune(['convert', odd, 'odd.csv', '--bad', 'skip'])
  expect(code).toBe(1)
  expect(stderr).toContain(
    '6 records read from odd.ndjson (NDJSON): 5 written to odd.fine-tune.csv, odd.job.csv (CSV), 1 rejected\n',
  )
  const stopped = await finetune(['convert', odd, 'stopped.csv'])
  expect(stopped.code).toBe(1)
  expect(stopped.stderr).toContain('odd.ndjson:6')
})

test('convert gives observations among other records a file of their own', async () => {
  const observations = jobs.map(record => ({
    object: 'finetune-kit.observation',
    seen_at: 1_700_000_000,
    source: 'https://api.openai.com/v1',
    run_id: record.id,
    record,
  }))
  const seen = written('seen.ndjson', toNdjson([...jobs.slice(0, 1), ...observations]))
  expect(await finetune(['convert', seen, 'seen.parquet'])).toMatchObject({
    code: 0,
    stderr:
      '3 records read from seen.ndjson (NDJSON): 3 written to seen.job.parquet, seen.observation.parquet (Parquet), 0 rejected\n',
  })
})
