import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content, hidden } = folderOfTests()

const legacy = {
  id: 'ft-1',
  object: 'fine-tune',
  created_at: 1_660_000_000,
  updated_at: 1_660_000_900,
  model: 'curie',
  fine_tuned_model: 'curie:ft-acme-2022-08-09-00-15-00',
  organization_id: 'org-1',
  status: 'succeeded',
  hyperparams: { n_epochs: 4, batch_size: 2, learning_rate_multiplier: 0.1, prompt_loss_weight: 0.1 },
  training_files: [],
  validation_files: [],
  result_files: [],
}
const job = {
  id: 'ftjob-1',
  object: 'fine_tuning.job',
  created_at: 1_700_000_000,
  finished_at: null,
  model: 'gpt-4o-mini-2024-07-18',
  organization_id: 'org-1',
  status: 'running',
  hyperparameters: { n_epochs: 3, batch_size: 'auto' },
  training_file: 'file-1',
}
const event = { object: 'fine_tuning.job.event', id: 'e-1', created_at: 1, level: 'info', message: 'x' }
const mixed = written('mixed.ndjson', toNdjson([legacy, job, event]))

const lines = (name: string): ReadonlyArray<Record<string, unknown>> =>
  content(name)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)

test('convert --as job converts fine-tunes, keeps the rest, and counts what is lost', async () => {
  const { code, stderr } = await finetune(['convert', mixed, 'jobs.ndjson', '--as', 'job'])
  expect([code, stderr]).toEqual([
    0,
    '3 records read from mixed.ndjson (NDJSON): 1 converted (1 value lost, 2 changed), ' +
      '3 written to jobs.ndjson (NDJSON), 0 rejected\n',
  ])
  const [converted, ...others] = lines('jobs.ndjson')
  expect(converted).toMatchObject({
    id: 'ft-1',
    object: 'fine_tuning.job',
    finished_at: 1_660_000_900,
    hyperparameters: { n_epochs: 4, batch_size: 2 },
  })
  expect(others).toEqual([job, event])
})

test('convert --as --verbose prints each value that is lost or changed', async () => {
  const { stdout, stderr } = await finetune(['convert', mixed, '-', '--as', 'job', '--verbose'])
  expect(stdout.split('\n')).toHaveLength(4)
  expect(stderr.split('\n').slice(0, -2)).toEqual([
    'ft-1 /hyperparams/prompt_loss_weight: lost: a job has no such parameter',
    'ft-1 /object: changed: was "fine-tune"',
    'ft-1 /training_file: changed: there is none, and a job always has one',
  ])
})

test('convert --as fine-tune converts jobs, those of observations and those of Azure too', async () => {
  const azure = { ...legacy, id: 'ft-0123456789abcdef0123456789abcdef', status: 'notRunning' }
  const observation = {
    object: 'finetune-kit.observation',
    seen_at: 1_700_000_100,
    source: 'a',
    run_id: 'ftjob-1',
    record: job,
  }
  const input = toNdjson([{ ...azure, organization_id: undefined }, observation])
  const { code } = await finetune(['convert', '-', 'old.ndjson', '--as', 'fine-tune'], input)
  expect(code).toBe(0)
  const [first, second] = lines('old.ndjson')
  expect(first).toMatchObject({ object: 'fine-tune', status: 'pending', organization_id: '' })
  expect(second).toMatchObject({ seen_at: 1_700_000_100, record: { object: 'fine-tune', id: 'ftjob-1' } })
})

test('convert --as makes one table of both families, by several threads and in CSV tables too', async () => {
  const both = written('both.ndjson', toNdjson([...simulateRuns().slice(0, 5), job]))
  expect(await finetune(['convert', both, 'both.parquet', '--as', 'job'])).toMatchObject({ code: 0 })
  expect((await finetune(['validate', 'both.parquet'])).stderr).toBe('1 file: 6 jobs, 0 invalid\n')
  const back = await finetune(['convert', 'both.parquet', 'back.csv', '--as', 'fine-tune', '--tables'])
  expect(back.code).toBe(0)
  expect((await finetune(['convert', 'back.csv', '-', '--tables'])).stdout.split('\n')).toHaveLength(7)
  const threads = await finetune(['convert', both, '-', '--as', 'job', '--threads', '2'])
  expect(threads.stdout).toBe((await finetune(['convert', both, '-', '--as', 'job'])).stdout)
})

test('convert --as refuses what is no run where every record becomes a row', async () => {
  const { code, stderr } = await finetune(['convert', mixed, 'jobs.csv', '--as', 'job'])
  expect([code, stderr]).toEqual([
    2,
    'mixed.ndjson: a record of kind job-event is no run, and --as job writes only runs to CSV. Pass --records --kind fine-tune to take the fine-tunes alone, or --to ndjson.\n',
  ])
  expect(hidden()).toEqual([])
  expect(
    await finetune(['convert', mixed, 'jobs.csv', '--as', 'job', '--records', '--kind', 'fine-tune']),
  ).toMatchObject({ code: 0 })
})

test('convert --as job reads every record of the simulator', async () => {
  const all = written(
    'all.ndjson',
    toNdjson([...simulateRuns(), ...simulateJobs().map(({ snapshots }) => snapshots[0])]),
  )
  const { code, stdout } = await finetune(['convert', all, '-', '--as', 'job'])
  expect(code).toBe(0)
  expect(stdout).not.toContain('"object":"fine-tune"')
})
