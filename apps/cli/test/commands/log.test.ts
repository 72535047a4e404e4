import { toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { runFinetune } from '../runFinetune.ts'
import { snapshotFiles, trouble } from './snapshotFiles.ts'

const { finetune, written, snapshots, created, validated, good } = snapshotFiles()

const job = (id: string, status: string) => ({
  id,
  object: 'fine_tuning.job',
  created_at: 1_700_000_000,
  finished_at: null,
  model: 'gpt-4o-mini-2024-07-18',
  fine_tuned_model: null,
  organization_id: 'org-1',
  status,
  hyperparameters: { n_epochs: 3 },
  training_file: 'file-1',
  validation_file: null,
  result_files: [],
  trained_tokens: null,
  error: null,
  seed: 1,
})
const event = (created_at: number, message: string) => ({
  id: `ftevent-${created_at}`,
  object: 'fine_tuning.job.event',
  created_at,
  level: 'info',
  message,
  type: 'message',
  data: {},
})
const started = event(1_700_000_060, 'Fine-tuning job started')
const observed = (record: unknown, run_id: string, seen_at: number) => ({
  object: 'finetune-kit.observation',
  seen_at,
  source: 'https://api.openai.com/v1',
  run_id,
  record,
})

test('log tells the story of each run, or of one', async () => {
  const all = await finetune(['log', good])
  expect([all.code, all.stderr]).toEqual([0, ''])
  expect(all.stdout.match(/^run /gm)).toHaveLength(new Set(snapshots.map(s => s.id)).size)
  const one = await finetune(['log', '-', created.id], toNdjson(snapshots.toReversed()))
  expect([one.code, one.stderr]).toEqual([0, ''])
  expect(one.stdout.split('\n').slice(0, 9)).toMatchInlineSnapshot(`
    [
      "run "ft-xzq2BaSGurnL1fiCOUjyQWyS"",
      "  2021-11-04T09:12:40Z",
      "    + created at 2021-11-04T09:12:40Z, pending, base model curie",
      "  2021-11-04T09:13:24Z",
      "    + cost known: $0.57",
      "    + Hyperparams › Batch size resolved by the service: 8",
      "    + Hyperparams › Learning rate multiplier resolved by the service: 0.05",
      "  2021-11-04T09:13:46Z",
      "    ~ status: pending → running after 1 min 6 s",
    ]
  `)
})

test('log goes on after a record that cannot be read, and says in a sentence what is not there', async () => {
  const cut = toNdjson([created, validated]).slice(0, -40)
  const half = await finetune(['log', '-'], cut)
  expect(half.code).toBe(1)
  expect(half.stdout).toMatch(/^run ".+"\n {2}2021-/)
  expect(half.stderr).toMatch(/^stdin:2:\d+ not NDJSON: .+\n$/)
  expect(
    await Promise.all([
      finetune(['log', good, 'ft-none']),
      finetune(['log', '-'], ''),
      finetune(['log', 'none.ndjson']),
      finetune(['log', '-'], '{}\n'),
    ]),
  ).toEqual([
    trouble('good.ndjson: no run "ft-none". Pass the id of one, or a file.\n'),
    trouble('stdin: empty. Pass a file with records.\n'),
    trouble('none.ndjson: no such file. Check the path.\n'),
    trouble(expect.stringMatching(/\nstdin: no valid run\.\n$/)),
  ])
})

test('log joins bare events to the only run of a file', async () => {
  const one = toNdjson([job('ftjob-1', 'queued'), started, job('ftjob-1', 'running')])
  const { code, stdout, stderr } = await finetune(['log', '-'], one)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('2023-11-14T22:14:20Z')
})

test('log says of a --run that there is none, and of a record that joins no run', async () => {
  const two = written('two.ndjson', toNdjson([job('ftjob-1', 'running'), started, job('ftjob-2', 'queued')]))
  expect(await finetune(['log', two, '--run', 'ftjob-3'])).toEqual({
    code: 2,
    stdout: '',
    stderr: '--run: two.ndjson: no run "ftjob-3". Pass the id of one.\n',
  })
  const model = { object: 'model', id: 'ft:gpt-4o', created: 1, owned_by: 'a' }
  const more = written('more.ndjson', toNdjson([job('ftjob-1', 'running'), model]))
  expect((await finetune(['log', more])).stderr).toBe('1 model joined to no run.\n')
})

test('log joins bare events to no run where there are several, but for --run', async () => {
  const two = written('two.ndjson', toNdjson([job('ftjob-1', 'running'), started, job('ftjob-2', 'queued')]))
  const apart = await finetune(['log', two])
  expect([apart.code, apart.stderr]).toEqual([
    0,
    '1 job event joined to no run. Pass --run ID if it belongs to one.\n',
  ])
  expect(apart.stdout).not.toContain('2023-11-14T22:14:20Z')
  const joined = await finetune(['log', two, '--run', 'ftjob-1'])
  expect([joined.code, joined.stderr]).toEqual([0, ''])
  expect(joined.stdout).toContain('2023-11-14T22:14:20Z')
})

test('log joins what was observed to its run, at the time it was seen', async () => {
  const seen = toNdjson([
    observed(job('ftjob-1', 'queued'), 'ftjob-1', 1_700_000_010),
    observed(started, 'ftjob-2', 1_700_000_070),
    observed(job('ftjob-2', 'running'), 'ftjob-2', 1_700_000_080),
  ])
  const { code, stdout, stderr } = await finetune(['log', '-'], seen)
  expect([code, stderr]).toEqual([0, ''])
  const [first, second] = stdout.split('run "ftjob-2"')
  expect(first).not.toContain('2023-11-14T22:14:20Z')
  expect(second).toContain('2023-11-14T22:14:20Z')
})

test('diff takes mixed archives, each run by its kind', async () => {
  const fineTune = {
    id: 'ft-1',
    object: 'fine-tune',
    created_at: 1,
    updated_at: 1,
    model: 'curie',
    fine_tuned_model: null,
    organization_id: 'org-1',
    status: 'pending',
    hyperparams: { n_epochs: 4, batch_size: null, learning_rate_multiplier: null, prompt_loss_weight: 0.01 },
    training_files: [],
    validation_files: [],
    result_files: [],
  }
  const before = written('before.ndjson', toNdjson([fineTune, job('ftjob-1', 'queued')]))
  const after = toNdjson([{ ...fineTune, status: 'running' }, job('ftjob-1', 'running')])
  const { code, stdout } = await finetune(['diff', before, '-'], after)
  expect(code).toBe(1)
  expect(stdout).toContain('run "ft-1"\n  ~ status: pending → running')
  expect(stdout).toContain('run "ftjob-1"\n  ~ status: queued → running')
})

test('diff, patch and hash take any JSON value with --kind json', async () => {
  const a = written('a.json', '{"x":1,"y":[1,2]}')
  const b = written('b.json', '{"x":2,"y":[1,2]}')
  const patch = await finetune(['diff', a, b, '--kind', 'json', '--format', 'json-patch'])
  expect(JSON.parse(patch.stdout)).toEqual([{ op: 'replace', path: '/x', value: 2 }])
  const patched = await finetune(['patch', a, '-', '--kind', 'json'], patch.stdout)
  expect(JSON.parse(patched.stdout)).toEqual({ x: 2, y: [1, 2] })
  expect((await finetune(['hash', a, '--kind', 'json'])).stdout).toMatch(/^[0-9a-f]{64} {2}a\.json/)
})

test('patch refuses one operation that is not in a list', async () => {
  const a = written('doc.json', JSON.stringify(job('ftjob-1', 'queued')))
  expect(await finetune(['patch', a, '-'], '{"op":"add","path":"/x","value":1}')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'stdin: looks like one operation of a JSON Patch. Put it in a list: [ … ].\n',
  })
})

const widths = ({ stdout }: { readonly stdout: string }) => stdout.split('\n').map(line => line.length)

test('log wraps lines at words in a terminal, and nowhere else', async () => {
  const error = { code: 'server_error', message: 'word '.repeat(60), param: null }
  const file = written('failed.json', JSON.stringify({ ...job('ftjob-1', 'failed'), error }))
  expect(Math.max(...widths(await finetune(['log', file])))).toBeGreaterThan(100)
  const narrow = await runFinetune(['log', file], { columns: 60 })
  expect(Math.max(...widths(narrow))).toBeLessThanOrEqual(60)
  expect(narrow.stdout).toMatch(/^ {4}! failed: "word[^]*?\n {6}word word/m)
})
