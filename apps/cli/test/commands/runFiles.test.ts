import { toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written } = folderOfTests()

const job = (id: string, more: object = {}) => ({
  id,
  object: 'fine_tuning.job',
  created_at: 1_700_000_000,
  finished_at: 1_700_000_600,
  model: 'gpt-4o-mini-2024-07-18',
  fine_tuned_model: `ft:gpt-4o-mini-2024-07-18:acme::${id}`,
  organization_id: 'org-1',
  status: 'succeeded',
  hyperparameters: { n_epochs: 3 },
  training_file: 'file-1',
  validation_file: null,
  result_files: [`file-${id}-results`],
  trained_tokens: 2_000_000,
  error: null,
  seed: 1,
  ...more,
})
const one = written('one.ndjson', toNdjson([job('ftjob-a')]))
const other = written('other.ndjson', toNdjson([job('ftjob-b', { trained_tokens: 4_000_000 })]))
const results = written('step_metrics.csv', 'step,train_loss\n1,2.5\n2,0.53125\n')
const ofB = written(
  'file-ftjob-b-results.csv',
  Buffer.from('step,train_loss\n1,2.5\n2,0.28125\n').toString('base64'),
)
const prices = written('prices.json', '{"gpt-4o-mini-2024-07-18":3}')

test('log joins a result file to the only run', async () => {
  const { code, stdout, stderr } = await finetune(['log', one, results])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^run "ftjob-a"\n/)
  expect(stdout).toContain('0.53')
  expect((await finetune(['log', one])).stdout).not.toContain('0.53')
})

test('log joins a result file to the run that lists the id in its name', async () => {
  const { code, stdout, stderr } = await finetune(['log', one, other, ofB])
  expect([code, stderr]).toEqual([0, ''])
  const [a, b] = stdout.split('run "ftjob-b"')
  expect(a).not.toContain('0.28')
  expect(b).toContain('0.28')
})

test('log says that a result file belongs to no run, but for --run', async () => {
  const { code, stderr } = await finetune(['log', one, other, results])
  expect([code, stderr]).toEqual([0, '1 result file joined to no run. Pass --run ID if it belongs to one.\n'])
  const joined = await finetune(['log', one, other, results, '--run', 'ftjob-b', 'ftjob-b'])
  expect(joined).toMatchObject({ code: 0, stderr: '' })
  expect(joined.stdout).toContain('0.53')
  expect(joined.stdout).not.toContain('ftjob-a')
})

test('log reports the problems of a result file', async () => {
  const wrong = written('wrong.csv', 'step,train_loss\n1,low\n')
  expect(await finetune(['log', one, wrong])).toMatchObject({
    code: 1,
    stderr: 'wrong.csv:2: train_loss: "low" is not a number\n',
  })
})

test('log tells a missing file from a missing run', async () => {
  expect((await finetune(['log', one, 'none.csv'])).stderr).toBe(
    'none.csv: no such file, and no run of this id. Check the path.\n',
  )
  expect((await finetune(['log', one, 'ftjob-x'])).stderr).toBe(
    'one.ndjson: no run "ftjob-x". Pass the id of one, or a file.\n',
  )
})

test('log names the error response of the API', async () => {
  const error = written('jobs.json', '{"error":{"message":"Incorrect API key"}}')
  expect(await finetune(['log', error])).toMatchObject({
    code: 2,
    stderr: 'jobs.json: an error response of the API, no run. Repeat the request.\n',
  })
})

const seen = (seen_at: number, status: string) => ({
  object: 'finetune-kit.observation',
  seen_at,
  source: 'https://api.openai.com/v1',
  run_id: 'ftjob-a',
  record: job('ftjob-a', { status, finished_at: null, fine_tuned_model: null }),
})

test('log tells snapshots at the times at which they were seen', async () => {
  const { stdout } = await finetune(
    ['log', '-'],
    toNdjson([seen(1_700_000_500, 'running'), seen(1_700_000_100, 'queued')]),
  )
  expect(stdout.match(/\d\d:\d\d:\d\dZ$/gm)).toEqual(['22:15:00Z', '22:21:40Z'])
})

test('log --format json prints the entries of each run', async () => {
  const { code, stdout } = await finetune(['log', one, '--format', 'json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject([
    { run: 'ftjob-a', entries: expect.arrayContaining([expect.objectContaining({ at: 1_700_000_600 })]) },
  ])
})

test('compare reads several files, result files and prices', async () => {
  const { code, stdout, stderr } = await finetune(['compare', one, other, results, ofB, '--prices', prices])
  expect([code, stderr]).toEqual([0, '1 result file joined to no run. Pass --run ID if it belongs to one.\n'])
  expect(stdout).toMatch(/\$6\.00.*\$12\.00/)
  expect(stdout).toContain('0.28')
  const joined = await finetune(['compare', one, other, results, ofB, '--run', 'ftjob-a'])
  expect(joined.stdout).toMatch(/0\.53.*0\.28/)
})

test('compare draws no line that is wider than the terminal', async () => {
  const many = written(
    'many.ndjson',
    toNdjson(
      Array.from({ length: 9 }, (_, i) =>
        job(`ftjob-${i}`, { seed: i, user_provided_suffix: 'x'.repeat(i * 9) }),
      ),
    ),
  )
  for (const format of [[], ['--all']]) {
    const { stdout } = await finetune(['compare', many, ...format])
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(100)
  }
})
