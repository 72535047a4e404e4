import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written } = folderOfTests()

const job = {
  id: 'ftjob-1',
  object: 'fine_tuning.job',
  created_at: 1732000000000,
  model: 'm',
  status: 'running',
}
const late = { ...job, created_at: 1669800000, status: 'running', estimated_finish: 1669700000 }
const seen = {
  object: 'finetune-kit.observation',
  seen_at: 1732000001,
  source: 'test',
  run_id: 'ftjob-1',
  record: job,
}
const file = written(
  'odd.ndjson',
  [job, late, seen, { ...job, created_at: 1732000000 }].map(record => JSON.stringify(record)).join('\n'),
)

const milliseconds = 'this looks like milliseconds, not seconds'

test('validate says nothing about odd runs, unless asked to', async () => {
  expect(await finetune(['validate', file])).toMatchObject({ code: 0, stdout: '' })
})

test('validate --lint prints what is odd as warnings, and exits as it does without', async () => {
  const { code, stdout } = await finetune(['validate', file, '--lint'])
  expect(code).toBe(0)
  expect(stdout.split('\n')).toEqual([
    `odd.ndjson:1: warning: /created_at: ${milliseconds}`,
    'odd.ndjson:2: warning: /estimated_finish: estimated to end before it was created',
    `odd.ndjson:3: warning: /created_at: ${milliseconds}`,
    '',
  ])
})

test('validate --lint warns in the words of a workflow, and in JSON', async () => {
  expect((await finetune(['validate', file, '--lint', '--format', 'github'])).stdout).toMatch(
    `::warning file=odd.ndjson,line=1::/created_at: ${milliseconds}\n`,
  )
  const { issues } = JSON.parse((await finetune(['validate', file, '--lint', '--format', 'json'])).stdout)
  expect(issues[0]).toEqual({
    file: 'odd.ndjson',
    line: 1,
    column: null,
    level: 'warning',
    path: '/created_at',
    message: milliseconds,
  })
})

test('validate --lint --db warns about the runs of a database', async () => {
  await finetune(['import', file, '--db', 'odd.db'])
  const { code, stdout } = await finetune(['validate', '--db', 'odd.db', '--lint'])
  expect(code).toBe(0)
  expect(stdout).toMatch(`: warning: /created_at: ${milliseconds}\n`)
})
