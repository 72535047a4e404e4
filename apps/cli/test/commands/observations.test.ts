/** Observations, as `pull` writes them: what differs in their records, and these alone. */
import { Observation } from '@finetune-kit/model'
import { observationsOf, simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content } = folderOfTests()

const all: ReadonlyArray<Observation> = observationsOf(simulateJobs())
const kindOf = ({ record }: Observation) => (record as { readonly object: string }).object
const jobs = all.filter(one => kindOf(one) === 'fine_tuning.job')
const events = all.filter(one => kindOf(one) === 'fine_tuning.job.event')
const parsed = (text: string): ReadonlyArray<unknown> =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
const seen = written('seen.ndjson', toNdjson(all))
const event = events[0]?.record as { readonly id: string }
const job = jobs.at(-1)?.record as { readonly id: string }

test('diff compares the records in observations, and counts the events of runs', async () => {
  expect(await finetune(['diff', seen, seen])).toEqual({ code: 0, stdout: '', stderr: '' })
  const renamed = { ...jobs.at(-1), record: { ...job, status: 'paused' } }
  const later = written(
    'later.ndjson',
    toNdjson([...all.filter(one => !events.slice(0, 2).includes(one)), renamed]),
  )
  const { code, stdout } = await finetune(['diff', seen, later])
  expect(code).toBe(1)
  expect(stdout.split('\n')[0]).toBe(`run "${job.id}"`)
  expect(stdout).toMatch(/\n {2}~ status: \w+ → paused/)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('- 2 job events')
  const one = written('one.ndjson', toNdjson(all.filter(other => other !== events[0])))
  expect(await finetune(['diff', one, seen])).toEqual({ code: 1, stdout: '+ 1 job event\n', stderr: '' })
  const [markdown, html] = ['markdown', 'html'].map(format =>
    finetune(['diff', one, seen, '--format', format]),
  )
  expect((await markdown)?.stdout).toBe('1 job event added.\n')
  expect((await html)?.stdout).toBe('<p class="changes">1 job event added.</p>\n')
  const { stdout: json } = await finetune(['diff', one, seen, '--format', 'json'])
  expect(JSON.parse(json)).toMatchObject([{ run: event.id }])
})

test('diff introduces a run that was added in Markdown and HTML as in text', async () => {
  const none = written('none.ndjson', toNdjson(all.filter(one => one.run_id !== job.id)))
  const formats = ['text', 'markdown', 'html'] as const
  const [text, markdown, html] = await Promise.all(
    formats.map(format => finetune(['diff', none, seen, '--format', format])),
  )
  const news = /first seen as \w+|created at/
  for (const drawn of [text, markdown, html]) expect(drawn?.stdout.replaceAll(/<.*?>|`/g, '')).toMatch(news)
  expect(markdown?.stdout).toMatch(/\n\n\d+ job events added\.\n/)
  expect(markdown?.stdout).not.toContain('fine_tuning.job')
})

test('diff says so where no observation has a record that it can compare', async () => {
  const event = { object: 'fine-tune-event', created_at: 1, level: 'info', message: 'Baked.' }
  const none = written('legacy.ndjson', toNdjson([{ ...events[0], record: event }]))
  expect((await finetune(['diff', none, seen])).stderr).toBe(
    'legacy.ndjson: no records to compare. Pass a file with records.\n',
  )
})

test('diff compares one observation with a plain record', async () => {
  const plain = written('plain.json', JSON.stringify(job))
  const observed = written('observed.json', JSON.stringify(jobs.at(-1)))
  expect(await finetune(['diff', plain, observed])).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('convert --records writes a file of the records of each kind', async () => {
  const { stderr } = await finetune(['convert', seen, 'all.parquet', '--records'])
  expect(stderr).toMatch(
    RegExp(
      `^${all.length} records read from seen.ndjson .NDJSON.: ${all.length} written to all.job.parquet, `,
    ),
  )
  await finetune(['convert', 'all.job.parquet', 'jobs.ndjson'])
  expect(parsed(content('jobs.ndjson'))).toEqual(jobs.map(({ record }) => record))
})

test.each(['parquet', 'csv', 'ndjson'])('convert --records --kind writes those of a kind to %s', async to => {
  const { stderr } = await finetune(['convert', seen, `only.${to}`, '--records', '--kind', 'job'])
  expect(stderr).toContain(`${all.length} records read`)
  expect(stderr).toContain(`${jobs.length} written to only.${to}`)
  const again = await finetune(['convert', `only.${to}`, '-'])
  expect(parsed(again.stdout)).toEqual(jobs.map(({ record }) => record))
})

test('convert --records reads observations from a table, and standard input for one kind', async () => {
  await finetune(['convert', seen, 'seen.parquet'])
  await finetune(['convert', 'seen.parquet', 'table.csv', '--records', '--kind', 'job-event'])
  expect((await finetune(['validate', 'table.csv'])).stderr).toBe(
    `1 file: ${events.length} job events, 0 invalid\n`,
  )
  const piped = await finetune(
    ['convert', '-', 'piped.csv', '--records', '--kind', 'job-event'],
    toNdjson(all),
  )
  expect(piped.stderr).toContain(`${events.length} written to piped.csv`)
  expect(content('piped.csv')).toBe(content('table.csv'))
})

test('convert --records says what it cannot know, or lay out', async () => {
  expect(await finetune(['convert', '-', 'no.csv', '--records'], toNdjson(all))).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'stdin: it is read once, and --records looks first which kinds CSV gets a file for. Pass --kind KIND, or save the input as a file.\n',
  })
  expect((await finetune(['convert', seen, 'no.csv', '--records', '--tables'])).stderr).toBe(
    'seen.ndjson: holds several kinds of records, and CSV holds one. Leave out --tables to get a file for each kind. Or pass --kind KIND --bad skip to get one kind.\n',
  )
  expect(existsSync('no.csv')).toBe(false)
})

test('convert --records leaves what is no observation as it is', async () => {
  const plain = written('plain.ndjson', toNdjson(jobs.map(({ record }) => record)))
  await finetune(['convert', plain, 'same.ndjson', '--records', '--threads', '2'])
  expect(content('same.ndjson')).toBe(content(plain))
})
