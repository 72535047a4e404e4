import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { folder, finetune, written, content } = folderOfTests()

const body = { error: { message: 'Incorrect API key' } }
const refused = 'an error response of the API, not a record: "Incorrect API key"'
const error = written('jobs.json', JSON.stringify(body))
const [run] = simulateRuns()
const mixed = written('mixed.ndjson', toNdjson([body, run]))

test.each(['-', 'out.ndjson', 'out.csv', 'out.parquet'])(
  'convert takes no error response for a record: to %s',
  async output => {
    const { code, stdout, stderr } = await finetune(['convert', error, output])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(`jobs.json:1:1 ${refused}\nStopped at a bad record: `)
  },
)

test.each([[[]], [['--threads', '2']], [['--as', 'fine-tune']]])(
  'convert goes on after an error response as after any bad record: %j',
  async options => {
    const { code, stderr } = await finetune(['convert', mixed, 'out.ndjson', '--bad', 'skip', ...options])
    expect(code).toBe(1)
    expect(stderr).toMatch(`mixed.ndjson:1:1 ${refused}\n2 records read`)
    expect(content('out.ndjson')).toBe(toNdjson([run]))
  },
)

test('convert makes no file for error responses: what is left may be of one kind', async () => {
  const { code, stderr } = await finetune(['convert', mixed, 'kinds.csv', '--bad', 'skip'])
  expect(code).toBe(1)
  expect(stderr).toMatch('1 written to kinds.csv (CSV), 1 rejected')
  expect(() => content('kinds.error.csv')).toThrow('ENOENT')
  const after = written('after.ndjson', toNdjson([run, body]))
  expect((await finetune(['convert', after, 'one.csv', '--bad', 'skip'])).stderr).toMatch(
    '1 written to one.csv (CSV), 1 rejected',
  )
})

test.each(['csv', 'avro', 'parquet', 'ndjson'])(
  'convert names an error response after records as one: to %s',
  async format => {
    const after = written('late.ndjson', toNdjson([run, body, run]))
    const skipped = await finetune(['convert', after, `late-out.${format}`, '--bad', 'skip'])
    expect(skipped.stderr).toMatch(`late.ndjson:2:1 ${refused}\n3 records read`)
    const stopped = await finetune(['convert', after, `stopped.${format}`])
    expect(stopped.stderr).toMatch(`late.ndjson:2:1 ${refused}\nStopped at a bad record: `)
    await finetune(['convert', after, `late-2.${format}`, '--bad', 'quarantine=bad.ndjson'])
    expect(content('bad.ndjson')).toMatch('an error response of the API, not a record')
  },
)

test.each(['ndjson', 'csv', 'parquet'])(
  'convert takes no file with an error response for a record, next to one of runs: to %s',
  async format => {
    mkdirSync(join(folder, 'answers'), { recursive: true })
    written('answers/1.json', JSON.stringify(run))
    written('answers/2.json', JSON.stringify(body))
    const { code, stderr } = await finetune(['convert', 'answers', `all.${format}`, '--bad', 'skip'])
    expect(code).toBe(1)
    expect(stderr).toMatch(`2.json:1:1 ${refused}\n2 records read`)
    expect(stderr).toMatch(/: 1 written to .*, 1 rejected\n$/)
  },
)

test.each(['diff', 'patch', 'merge'])('%s takes no error response for a record', async command => {
  const record = written('one.json', JSON.stringify(run))
  const more = command === 'merge' ? [record] : []
  const said = { code: 2, stdout: '', stderr: `jobs.json:1:1 ${refused}\n` }
  expect(await finetune([command, error, record, ...more])).toEqual(said)
  if (command !== 'patch') expect(await finetune([command, record, error, ...more])).toEqual(said)
})

test('hash takes no error response for a record, unless its kind is passed', async () => {
  expect(await finetune(['hash', error])).toEqual({
    code: 1,
    stdout: '',
    stderr: `jobs.json:1:1 ${refused}\n`,
  })
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  expect(await finetune(['hash', error, '--kind', 'error'])).toEqual({
    code: 0,
    stdout: `${digest}  jobs.json:1\n`,
    stderr: '',
  })
})

const training = written('train.jsonl', '{"prompt":"a","completion":"b"}\n{"prompt":"c","completion":"d"}\n')
const results = written('metrics.csv', 'step,train_loss\n1,2\n')
const record = written('run.json', JSON.stringify(run))
const isTraining =
  'train.jsonl: a training file (completion), which holds no records. Check it with finetune validate.\n'
const isResults =
  'metrics.csv: a result file, which holds no records. Summarize it with finetune validate, or pass it to finetune log after the file of its run.\n'

test.each([
  [['patch', training, record], isTraining],
  [['patch', results, record], isResults],
  [['patch', record, results], isResults],
  [['merge', training, record, record], isTraining],
  [['merge', record, results, record], isResults],
  [['merge', record, record, training], isTraining],
])('%j says what the file is, and the remedy', async (args, stderr) => {
  expect(await finetune(args)).toEqual({ code: 2, stdout: '', stderr })
})

test('an error response and its message rewrite no terminal', async () => {
  const hostile = written('hostile.json', JSON.stringify({ error: { message: '\u009b2J\u202e' } }))
  const { stdout } = await finetune(['validate', hostile])
  expect(stdout).toBe('hostile.json:1: an error response of the API, not a record: "\\u009b2J\\u202e"\n')
})
