import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content, hidden, folder } = folderOfTests()
const digests = async (name: string) =>
  (await finetune(['hash', name])).stdout.split('\n').map(line => line.slice(0, 64))

const runs = simulateRuns()
const good = written('good.ndjson', toNdjson(runs))
const names = ['events', 'result_files', 'training_files', 'validation_files']

test('convert --tables writes a table for each list of records, and reads them back', async () => {
  const there = await finetune(['convert', good, 'runs.csv', '--tables'])
  expect(there).toEqual({
    code: 0,
    stdout: '',
    stderr: '85 records read from good.ndjson (NDJSON): 85 written to runs.csv (CSV, 5 tables), 0 rejected\n',
  })
  const files = readdirSync(folder).filter(name => name.startsWith('runs.'))
  expect(files.toSorted()).toEqual(['runs.csv', ...names.map(name => `runs.${name}.csv`)].toSorted())
  const rows = (name: string) => content(name).trimEnd().split('\r\n').length - 1
  expect(rows('runs.csv')).toBe(85)
  expect(rows('runs.events.csv')).toBe(runs.reduce((n, { events }) => n + (events?.length ?? 0), 0))
  expect(content('runs.events.csv')).toMatch(/^parent_id,object,created_at,level,message,\*\r\nft-/)
  const back = await finetune(['convert', 'runs.csv', 'back.ndjson', '--tables'])
  expect(back).toEqual({
    code: 0,
    stdout: '',
    stderr: '85 records read from runs.csv (CSV, 5 tables): 85 written to back.ndjson (NDJSON), 0 rejected\n',
  })
  expect(await digests('back.ndjson')).toEqual(await digests(good))
  expect(hidden()).toEqual([])
})

test('convert --tables compresses all of them, takes them from one table to another, and shares the reading out', async () => {
  expect(await finetune(['convert', good, 'packed.csv.gz', '--tables', '--threads', '2'])).toMatchObject({
    code: 0,
  })
  const events = gunzipSync(readFileSync(join(folder, 'packed.events.csv.gz'))).toString()
  expect(events).toMatch(/^parent_id,/)
  const moved = await finetune(['convert', 'packed.csv.gz', 'moved.csv', '--tables'])
  expect(moved.stderr).toBe(
    '85 records read from packed.csv.gz (CSV, 5 tables): 85 written to moved.csv (CSV, 5 tables), 0 rejected\n',
  )
  expect(content('moved.events.csv')).toBe(events)
  const back = await finetune(['convert', 'moved.csv', '-', '--tables'])
  expect([back.code, back.stdout.split('\n').length]).toEqual([0, 86])
})

test.each([
  ['of events', { object: 'list', data: runs.at(-1)?.events ?? [] }],
  ['of runs', { object: 'list', data: runs.slice(0, 3) }],
])('convert --tables tells by its items what a list is: one %s', async (called, list) => {
  const [from, to, back] = ['json', 'csv', 'back.json'].map(end => `list ${called}.${end}`) as [
    string,
    string,
    string,
  ]
  written(from, toNdjson([list, list]))
  expect(await finetune(['convert', from, to, '--tables', '--from', 'ndjson'])).toMatchObject({ code: 0 })
  expect(await finetune(['convert', to, back, '--tables', '--to', 'ndjson'])).toMatchObject({ code: 0 })
  const records = content(back).trimEnd().split('\n')
  expect(records.map(line => JSON.parse(line) as unknown)).toEqual([list, list])
})

test('convert --tables says which table is wrong, stops or goes on, and keeps what is wrong aside', async () => {
  const rows = content('runs.events.csv').split('\r\n')
  for (const name of ['csv', ...names.slice(1).map(name => `${name}.csv`)])
    written(`bad.${name}`, content(`runs.${name}`))
  written(
    'bad.events.csv',
    [
      ...rows.slice(0, 2),
      rows[2]?.replace('fine-tune-event,', 'fine-tune-event,x'),
      ...rows.slice(3),
      'ft-none,,,,,',
      '',
    ].join('\r\n'),
  )
  const complaint = 'bad.events.csv:3:45 /events/0/created_at: expected integer, found "x1636017160"\n'
  const line = content('bad.events.csv').trimEnd().split('\n').length
  const last = `bad.events.csv:${line}:1 not CSV: no record at this position counts a row of "ft-none". Remove the row, move it, or correct its parent_id\n`
  const stopped = await finetune(['convert', 'bad.csv', 'stopped.csv', '--tables'])
  expect(stopped).toEqual({
    code: 1,
    stdout: '',
    stderr: `${complaint}Stopped at a bad record: stopped.csv and its other tables were not written. Pass --bad skip to continue without such records.\n`,
  })
  expect(readdirSync(folder).filter(name => name.startsWith('stopped'))).toEqual([])
  const skipped = await finetune(['convert', 'bad.csv', 'skipped.ndjson', '--tables', '--bad', 'skip'])
  expect(skipped).toEqual({
    code: 1,
    stdout: '',
    stderr: `${complaint}${last}85 records read from bad.csv (CSV, 5 tables): 84 written to skipped.ndjson (NDJSON), 1 rejected\n`,
  })
  const kept = await finetune([
    'convert',
    'bad.csv',
    'kept.ndjson',
    '--tables',
    '--bad',
    'quarantine=letters.ndjson',
  ])
  expect(kept.code).toBe(1)
  const letters = content('letters.ndjson').trimEnd().split('\n')
  expect(letters.map(letter => JSON.parse(letter) as unknown)).toMatchObject([
    {
      source: 'bad.csv',
      line: 3,
      raw: content('bad.csv').split('\r\n')[2],
      error: `events:${complaint.slice('bad.events.csv:'.length).trimEnd()}`,
    },
    { source: 'bad.events.csv', line, raw: 'ft-none,,,,,', records: 0 },
  ])
  expect(hidden()).toEqual([])
})

test('convert --tables says in one line why it cannot be done', async () => {
  written('bare.csv', content('runs.csv'))
  const all = await Promise.all(
    [
      ['bare.csv', 'x.ndjson'],
      [good, 'x.ndjson'],
      [good, '-', '--to', 'csv'],
      ['-', 'x.ndjson', '--from', 'csv', '--kind', 'fine-tune'],
      [good, 'no/folder/x.csv'],
    ].map(args => finetune(['convert', ...args, '--tables'], content('runs.csv'))),
  )
  expect(all).toEqual(
    [
      'bare.training_files.csv: no such file. --tables reads it with bare.csv, as the table of training_files.',
      '--tables: needs CSV, not NDJSON to NDJSON. Leave it out, or pass --to csv.',
      '--tables: needs the name of a file, because the tables are files next to it.',
      '--tables: needs the name of a file, because the tables are files next to it.',
      'no/folder/x.csv: no such folder. Create it first.',
    ].map(sentence => ({ code: 2, stdout: '', stderr: `${sentence}\n` })),
  )
  expect(existsSync(join(folder, 'x.ndjson'))).toBe(false)
})

test('the main one of several tables, given alone, says how to read it', async () => {
  await finetune(['convert', good, 'alone.csv', '--tables'])
  const hint =
    'alone.csv: one of several tables, with alone.training_files.csv. Join them first: finetune convert --tables alone.csv runs.ndjson\n'
  for (const call of [
    ['validate', 'alone.csv'],
    ['hash', 'alone.csv'],
    ['log', 'alone.csv'],
  ]) {
    const { code, stderr } = await finetune(call)
    expect([code > 0, stderr.split(hint).length]).toEqual([true, 2])
  }
  expect(await finetune(['convert', 'alone.csv', 'out.ndjson'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /Stopped at a bad record: out\.ndjson was not written\. Pass --tables to read alone\.training_files\.csv with it\.\n$/,
    ) as string,
  })
  expect(await finetune(['validate', 'alone.events.csv'])).toMatchObject({ code: 0 })
  written('odd.csv', content('alone.csv'))
  expect((await finetune(['validate', 'odd.csv'])).stderr).not.toContain('tables')
})
