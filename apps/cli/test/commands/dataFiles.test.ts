import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written } = folderOfTests()

const chat = (answer: string, role = 'assistant') => ({
  messages: [
    { role: 'user', content: 'Ship?' },
    { role, content: answer },
  ],
})
const csv = 'step,train_loss,valid_loss\n1,2.5,\n2,0.5,0.75\n3,0.625,\n'
const results = written('step_metrics.csv', csv)
const training = written('train.jsonl', toNdjson([chat('Orion'), chat('Vela'), chat('Lyra')]))
const summary = [
  'step_metrics.csv: result file, 3 rows, steps 1 to 3',
  '  metric      values  best  at step   last',
  '  train_loss       3   0.5        2  0.625',
  '  valid_loss       1  0.75        2   0.75',
  '',
].join('\n')

test('validate names a training file, with its lines', async () => {
  expect(await finetune(['validate', training])).toEqual({
    code: 0,
    stdout: 'train.jsonl: training file (chat), 3 lines\n',
    stderr: '1 file: 3 chat examples, 0 invalid\n',
  })
  for (const [form, line] of [
    ['completion', { prompt: 'a', completion: 'b' }],
    ['preference', { input: chat('?', 'user'), preferred_output: [], non_preferred_output: [] }],
    ['reinforcement', chat('?', 'user')],
  ] as const)
    expect(await finetune(['validate', '-'], toNdjson([line]))).toMatchObject({
      code: 0,
      stdout: `stdin: training file (${form}), 1 line\n`,
    })
})

test('validate prints every line of a training file that breaks the form', async () => {
  const wrong = written(
    'wrong.jsonl',
    [
      ...[chat('Orion'), { messages: [{ content: 'x' }, { role: 'assistant' }] }].map(row =>
        JSON.stringify(row),
      ),
      'not JSON',
      JSON.stringify(chat('?', 'user')),
      JSON.stringify({ prompt: 'a', completion: 'b', messages: [] }),
    ].join('\n'),
  )
  const { code, stdout, stderr } = await finetune(['validate', wrong])
  expect(code).toBe(1)
  expect(stdout.split('\n')).toEqual([
    'wrong.jsonl:2:14 /messages/0/role: missing, expected string',
    'wrong.jsonl:3:1 not NDJSON: expected a value, found "n"',
    'wrong.jsonl:4: a line of another form: expected chat, found reinforcement',
    'wrong.jsonl:5: a line of another form: expected chat, found completion',
    'wrong.jsonl: training file (chat), 5 lines',
    '',
  ])
  expect(stderr).toBe('1 file: 1 chat example, 4 invalid\n')
})

test('validate summarizes a result file, plain or in base64, by its name or from a pipe', async () => {
  expect(await finetune(['validate', results])).toEqual({
    code: 0,
    stdout: summary,
    stderr: '1 file: 1 result file, 0 invalid\n',
  })
  for (const text of [csv, Buffer.from(csv).toString('base64')])
    expect((await finetune(['validate', '-'], text)).stdout).toBe(
      summary.replace('step_metrics.csv', 'stdin'),
    )
  const long = simulateJobs().find(job => job.results !== null)?.results ?? ''
  const encoded = Buffer.from(long).toString('base64')
  expect((await finetune(['validate', '-'], encoded)).stdout).toMatch(
    /^stdin: result file, \d+ rows, steps 1/,
  )
})

test('validate prints the problems of a result file', async () => {
  const { code, stdout } = await finetune(['validate', '-'], 'step,train_loss\n1,0.5\n2,low\n')
  expect(code).toBe(1)
  expect(stdout).toMatch(/^stdin:3: train_loss: "low" is not a number\n/)
})

test('validate shows a metric whose name would rewrite a terminal as escapes', async () => {
  const { stdout } = await finetune(['validate', '-'], 'step,train_loss,\u001b[2J\u202e\n1,0.5,1\n')
  expect(stdout).toMatch(/^ {2}\\u001b\[2J\\u202e /m)
  for (const control of ['\u001b', '\u202e']) expect(stdout).not.toContain(control)
})

test('validate --format json prints one document', async () => {
  const bad = written('bad.ndjson', '{"object":"fine_tuning.job","id":7}\n')
  const error = written('error.json', '{"error":{"message":"no key"}}')
  const { code, stdout } = await finetune(['validate', '--format', 'json', bad, error, training, results])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    issues: expect.arrayContaining([
      { file: 'bad.ndjson', line: 1, column: 34, path: '/id', message: 'expected string, found 7' },
      expect.objectContaining({ file: 'error.json', path: '' }),
    ]) as unknown,
    files: [
      { file: 'train.jsonl', is: 'training file', form: 'chat', lines: 3 },
      { file: 'step_metrics.csv', is: 'result file', rows: 3, steps: [1, 3] },
    ],
    summary: { files: 4, unread: 0, invalid: 1, kinds: { error: 1, 'chat-example': 3, 'result-file': 1 } },
  })
})

test('other commands say what a training file or a result file is, and what to do', async () => {
  for (const [command, ...more] of [
    ['hash'],
    ['log'],
    ['compare'],
    ['diff', training],
    ['convert', 'out.ndjson'],
    ['import', '--db', 'runs.db'],
  ] as const) {
    expect(await finetune([command, training, ...more])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'train.jsonl: a training file (chat), which holds no records. Check it with finetune validate.\n',
    })
  }
  expect(await finetune(['hash', results])).toMatchObject({
    code: 2,
    stderr:
      'step_metrics.csv: a result file, which holds no records. Summarize it with finetune validate, or pass it to finetune log after the file of its run.\n',
  })
})

test('convert takes a result file among several files for one bad record, wherever it stands', async () => {
  const jobs = simulateJobs().flatMap(({ snapshots }) => snapshots)
  for (const [place, name] of ['after', 'before'].entries()) {
    written(`several-${name}-1.ndjson`, toNdjson(place === 0 ? jobs : []))
    written(`several-${name}-2.csv`, csv)
    written(`several-${name}-3.ndjson`, toNdjson(place === 0 ? [] : jobs))
    const said = `several-${name}-2.csv:1:1 a result file, which holds no records. Summarize it with finetune validate, or pass it to finetune log after the file of its run\n`
    const convert = ['convert', `several-${name}-*`, `${name}.ndjson`]
    expect(await finetune(convert)).toMatchObject({
      code: 1,
      stderr: `${said}Stopped at a bad record: ${name}.ndjson was not written. Pass --bad skip to continue without such records.\n`,
    })
    const { code, stderr } = await finetune([...convert, '--bad', 'skip'])
    expect(code).toBe(1)
    expect(stderr.split('\n')[0]).toBe(said.trimEnd())
    expect(stderr).toContain(`: ${jobs.length} written to`)
  }
})

test('convert takes the lines of a training file as any JSON value', async () => {
  const { code, stdout } = await finetune(['convert', training, '-', '--kind', 'json'])
  expect([code, stdout.split('\n').length]).toEqual([0, 4])
})
