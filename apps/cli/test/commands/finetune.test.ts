import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { toFineTuningJob } from '@finetune-kit/model'
import { expect, test } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests } from '../runFinetune.ts'
import { program } from '../spawnFinetune.ts'

const { finetune, written, folder } = folderOfTests()

const [created, validated] = simulateRuns()
const good = written('good.ndjson', toNdjson(simulateRuns()))
const one = written('one.json', JSON.stringify(created, null, 2))
const other = written('other.json', JSON.stringify({ ...created, status: 'running', events: [] }))

test('validate counts the records of every file', async () => {
  const list = written('list.json', JSON.stringify([created, validated]))
  const envelope = written('envelope.json', JSON.stringify({ object: 'list', data: simulateRuns() }))
  expect(await finetune(['validate', good, one, list, envelope])).toEqual({
    code: 0,
    stdout: '',
    stderr: '4 files: 173 fine-tunes, 0 invalid\n',
  })
})

test('validate prints a line for each mistake, with its place', async () => {
  const wrong = written(
    'wrong.json',
    JSON.stringify(
      { ...created, created_at: 1.5, hyperparams: { ...created?.hyperparams, n_epochs: '4' } },
      null,
      2,
    ),
  )
  const { code, stdout, stderr } = await finetune(['validate', wrong])
  expect(stdout).toBe(
    'wrong.json:27:17 /created_at: expected integer, found 1.5\n' +
      'wrong.json:5:17 /hyperparams/n_epochs: expected integer, found "4"\n',
  )
  expect([code, stderr]).toEqual([1, '1 file: 1 invalid\n'])
})

test('validate goes on after a line that is cut in half, and after a file that is not there', async () => {
  const cut = toNdjson([created, validated]).slice(0, -40)
  const { code, stdout, stderr } = await finetune(
    ['validate', 'none.json', written('cut.ndjson', cut), '-'],
    cut,
  )
  expect(code).toBe(2)
  expect(stdout).toMatch(/^cut\.ndjson:2:\d+ not NDJSON: .+\nstdin:2:\d+ not NDJSON: .+\n$/)
  expect(stderr).toBe(
    'none.json: no such file. Check the path.\n3 files: 2 fine-tunes, 2 invalid; 1 file could not be checked\n',
  )
})

test('validate says in a sentence what is no archive', async () => {
  const files = [
    written('empty.json', ''),
    written('blank.ndjson', '\n \n'),
    written('latin.json', new Uint8Array([0x22, 0xe9, 0x22])),
    written('letter.json', 'Dear'),
    'hollow',
  ]
  mkdirSync('hollow')
  expect(await finetune(['validate', ...files])).toEqual({
    code: 2,
    stdout: expect.stringMatching(/^latin\.json:1:2 not JSON: not UTF-8\nletter\.json:1:1 not JSON: .+\n$/),
    stderr:
      'empty.json: empty. Pass a file with records.\nblank.ndjson: empty. Pass a file with records.\n' +
      'hollow: holds no file. Pass a folder with records.\n5 files: 2 invalid; 3 files could not be checked\n',
  })
})

test('validate takes each record for what it looks like', async () => {
  const job = created && toFineTuningJob(created).value
  const files = [
    written('kinds.ndjson', toNdjson([created, job, ...(validated?.events ?? [])])),
    written('jobs.json', JSON.stringify({ object: 'list', data: [job], has_more: false })),
    written('no-runs.json', JSON.stringify({ object: 'list', data: [] })),
    written('request.json', JSON.stringify({ training_file: 'file-1', suffix: 'cats' })),
    written('error.json', JSON.stringify({ error: { message: 'No', type: 'x', param: null, code: null } })),
    written('packed.ndjson.gz', gzipSync(toNdjson([created]))),
  ]
  const { code, stdout, stderr } = await finetune(['validate', ...files, '-'], '{}')
  expect([code, stdout]).toEqual([
    1,
    'error.json:1: an error response of the API, not a record: "No"\nstdin:1:1 the field "object" is missing, and the other fields match no kind of record\n',
  ])
  const events = validated?.events?.length ?? 0
  expect(stderr).toBe(
    `7 files: 2 fine-tunes, ${events} events, 2 jobs, 1 request, 1 error response, 1 invalid\n`,
  )
})

test('validate does not take an error response of the API for a record', async () => {
  const unauthorized = { error: { message: 'Incorrect API key', type: 'x', param: null, code: null } }
  expect(await finetune(['validate', '-'], JSON.stringify(unauthorized))).toEqual({
    code: 1,
    stdout: 'stdin:1: an error response of the API, not a record: "Incorrect API key"\n',
    stderr: '1 file: 0 runs, 1 error response\n',
  })
})

test('validate judges a record by the kind that is said, and all of a list by the kind of a list', async () => {
  const page = JSON.stringify({ object: 'list', data: [{}], has_more: 'no' })
  const [event, list, empty] = await Promise.all([
    finetune(['validate', '--kind', 'event', one]),
    finetune(['validate', '-', '--kind', 'checkpoint-list'], page),
    finetune(['validate', '-', '--kind', 'fine-tune'], '{}'),
  ])
  expect(event.stdout).toBe(
    'one.json:1:1 /level: missing, expected string\none.json:1:1 /message: missing, expected string\n',
  )
  expect(list.stdout).toMatch(
    /^stdin:1:\d+ \/data\/0\/id: .+\n(stdin:.+\n)+stdin:1:\d+ \/has_more: expected boolean or null, found "no"\n$/,
  )
  expect(empty.stdout.split('\n').length).toBeLessThan(24)
  expect([event.code, list.code, empty.code]).toEqual([1, 1, 1])
})

test('validate takes the documentation to the letter when asked to', async () => {
  const { code, stdout } = await finetune(['validate', '--contract', one])
  expect(code).toBe(1)
  expect(stdout.split('\n').map(line => line.replace(/^\S+ /, ''))).toEqual([
    '/fine_tuned_model: expected string, found null',
    '/hyperparams/batch_size: expected integer, found null',
    '/hyperparams/learning_rate_multiplier: expected finite number, found null',
    '',
  ])
})

const trouble = (stderr: unknown) => ({ code: 2, stdout: '', stderr })

test('diff tells two records apart: 0 the same, 1 different, 2 trouble', async () => {
  const all = await Promise.all([
    finetune(['diff', one, '-'], JSON.stringify(created)),
    finetune(['diff', one, other]),
    finetune(['diff', one, 'none.json']),
    finetune(['diff', '-', '-']),
    finetune(['diff', one, written('bad.json', JSON.stringify({ ...created, status: 1, model: 2 }))]),
  ])
  expect(all).toEqual([
    { code: 0, stdout: '', stderr: '' },
    {
      code: 1,
      stdout: `~ status: pending → running\n! 1 event lost: "Created fine-tune: ${created?.id}"\n`,
      stderr: '',
    },
    trouble('none.json: no such file. Check the path.\n'),
    trouble('stdin: it can be read once. Pass - for one file only.\n'),
    trouble(
      expect.stringMatching(
        /^bad\.json:1:\d+ \/model: expected string, found 2\nbad\.json:1:\d+ \/status: expected string, found 1\n$/,
      ),
    ),
  ])
})

test('finetune says in one line what is wrong with a call', async () => {
  const all = await Promise.all(
    [
      ['validate', '--bogus', one],
      ['hash'],
      ['diff', one],
      ['frobnicate'],
      ['help', 'vlidate'],
      ['schema', 'checkpiont'],
      ['hash', '--from', 'ndjsn', one],
      ['--from', 'json', 'hash', one],
      ['convert', 'a', 'b', 'c', 'd', 'e', 'f'],
    ].map(args => finetune(args)),
  )
  expect(all).toEqual(
    [
      'Unrecognized flag: --bogus. See finetune validate --help.\n',
      'Missing required argument: file. See finetune hash --help.\n',
      'Missing required argument: b. See finetune diff --help.\n',
      'Unknown subcommand "frobnicate" for "finetune". See finetune --help.\n',
      'Unknown subcommand "vlidate" for "finetune" (did you mean validate?). See finetune --help.\n',
      'checkpiont: no such kind of record. Pass checkpoint: finetune schema --help has all kinds.\n',
      'Invalid value for flag --from: "ndjsn" (did you mean ndjson?). Expected: json, canonical-json, messagepack, avro, yaml, ndjson, event-stream, csv, parquet. See finetune hash --help.\n',
      'Unrecognized flag: --from; Unknown subcommand "json" for "finetune". Flags come after the command. See finetune --help.\n',
      'Unexpected positional arguments: "c", "d", "e" and 1 more. Pass several files as a folder, or as a pattern in quotes. See finetune convert --help.\n',
    ].map(stderr => ({ code: 2, stdout: '', stderr })),
  )
})

test('finetune ends quietly when nobody reads on', async () => {
  const wrong = written('many.ndjson', '{}\n'.repeat(100_000)) // more than is printed at once
  const child = spawn(process.execPath, ['--conditions=@finetune-kit/source', program, 'validate', wrong], {
    cwd: folder,
  })
  let stderr = ''
  child.stderr.on('data', piece => (stderr += piece))
  child.stdout.once('data', () => child.stdout.destroy())
  await once(child, 'close')
  expect(stderr).toBe('')
})

test.skipIf(process.platform === 'win32')('a working folder that was removed is told as such', () => {
  const gone = join(folder, 'gone')
  const call = `mkdir '${gone}' && cd '${gone}' && rmdir '${gone}' && exec "$0" "$@"`
  const words = ['--conditions=@finetune-kit/source', program, 'convert', '-', 'x.csv']
  const options = { encoding: 'utf8', input: '' } as const
  const { status, stderr } = spawnSync('sh', ['-c', call, process.execPath, ...words], options)
  expect([status, stderr]).toEqual([2, 'finetune: the working folder was removed. Change to another one.\n'])
})
