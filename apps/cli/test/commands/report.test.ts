import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { observationsOf, simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { afterEach, expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content, hidden } = folderOfTests()

const jobs = simulateJobs()
const [first, , job] = jobs
const [id, other] = [job?.id ?? '', first?.id ?? '']
const file = written('jobs.ndjson', toNdjson(observationsOf(jobs)))
const results = written('step_metrics.csv', job?.results ?? '')

const before = { ...process.env }
afterEach(() => {
  process.env = { ...before }
})

test('report writes a run of a file as one HTML file, or to standard output', async () => {
  const ended = await finetune(['report', file, id, '-o', 'run.html'])
  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
  const html = content('run.html')
  expect(html).toContain(`<title>${id}</title>`)
  expect(html).toContain('<h2>Story</h2>')
  expect((await finetune(['report', file, id])).stdout).toBe(html)
  expect((await finetune(['report', file, id, '-o', '-'])).stdout).toBe(html)
})

test('report replaces no file that it reads', async () => {
  await finetune(['import', file, '--db', 'own.db'])
  mkdirSync('archive')
  copyFileSync(file, 'archive/jobs.ndjson')
  symlinkSync('own.db', 'link.db')
  for (const [read, out] of [
    [[file], file],
    [['archive'], 'archive/jobs.ndjson'],
    [['--db', 'own.db'], 'own.db'],
    [['--db', 'own.db'], 'link.db'],
  ] as const)
    expect(await finetune(['report', ...read, '-o', out])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${out}: is the input, which would be lost. Pass another file.\n`,
    })
  expect((await finetune(['report', '--db', 'own.db', id, '-o', file])).code).toBe(0)
  copyFileSync('archive/jobs.ndjson', file)
})

test('report takes a result file and prices', async () => {
  const prices = written('prices.json', '{"gpt-4o-mini-2024-07-18": 3}')
  const { stdout } = await finetune(['report', file, results, id, '--run', id, '--prices', prices])
  expect(stdout).toContain('train loss</th><td class="number">90</td>')
  expect(stdout).toMatch(/<dt>Cost<\/dt><dd class="number">\$/)
})

test('report compares several runs with a baseline', async () => {
  const { stdout } = await finetune(['report', file, id, other, '--baseline', other])
  expect(stdout).toContain('<title>2 runs compared</title>')
  expect(stdout).toContain(`${other} (baseline)`)
  expect(await finetune(['report', file, id, '--baseline', 'ftjob-none'])).toEqual({
    code: 2,
    stdout: '',
    stderr: '--baseline: no run "ftjob-none" is compared. Pass the id of one that is.\n',
  })
})

test('report hides secrets on request', async () => {
  const { stdout } = await finetune(['report', file, id])
  expect(stdout).toContain('org-harbourlab')
  expect((await finetune(['report', file, id, '--redact'])).stdout).not.toContain('org-harbourlab')
})

test('report, log and compare read runs of a database, as of a file', async () => {
  await finetune(['import', file, '--db', 'runs.db'])
  for (const command of ['report', 'log', 'compare'])
    for (const ids of [[id], [id, other]]) {
      const stored = await finetune([command, '--db', 'runs.db', ...ids])
      expect(stored).toEqual(await finetune([command, file, ...ids]))
      expect(stored).toMatchObject({ code: 0, stderr: '' })
    }
  const all = await finetune(['log', '--db', 'runs.db'])
  expect(all.stdout.match(/^run /gm)).toHaveLength(jobs.length)
  await finetune(['import', results, '--run', id, '--db', 'runs.db'])
  const one = await finetune(['report', '--db', 'runs.db', id])
  expect(one.stdout).toContain('train loss</th><td class="number">90</td>')
  const every = await finetune(['report', '--db', 'runs.db'])
  expect(every.stdout).toContain(`${id}</th><td class="number">90</td>`)
  const withResults = await finetune(['report', '--db', 'runs.db', id, results, '--run', id])
  expect(withResults.stdout).toContain('train loss</th><td class="number">90</td>')
})

test('report reads the database of the user where no file is passed', async () => {
  process.env['XDG_DATA_HOME'] = process.cwd()
  delete process.env['DATABASE_URL']
  expect(await finetune(['report', id])).toMatchObject({
    code: 2,
    stderr: `${id}: no such file, and no database of runs. Pass a file of records, or --db FILE.\n`,
  })
  expect(await finetune(['report'])).toMatchObject({
    code: 2,
    stderr: 'finetune: no input. Pass a file of records, or --db FILE.\n',
  })
  await finetune(['import', file])
  expect((await finetune(['report', id])).stdout).toContain(`<title>${id}</title>`)
  expect(await finetune(['report', 'jobs.ndjsn'])).toMatchObject({
    code: 2,
    stderr: 'jobs.ndjsn: no such file. Check the path.\n',
  })
})

test('report leaves what was there when it cannot be made', async () => {
  writeFileSync('kept.html', 'kept')
  for (const args of [['none.ndjson'], [file, 'ftjob-none'], ['--db', 'none.db', id]])
    expect(await finetune(['report', ...args, '-o', 'kept.html'])).toMatchObject({ code: 2, stdout: '' })
  expect(content('kept.html')).toBe('kept')
  expect(await finetune(['report', file, id, '-o', 'no/such/folder.html'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('folder.html'),
  })
  expect(existsSync('no')).toBe(false)
  expect(hidden()).toEqual([])
})

test('report refuses more runs than a table shows', async () => {
  const [last] = job?.snapshots.slice(-1) ?? []
  const many = Array.from({ length: 101 }, (_, i) => Object.assign({}, last, { id: `ftjob-${i}` }))
  expect(await finetune(['report', written('many.ndjson', toNdjson(many))])).toEqual({
    code: 2,
    stdout: '',
    stderr: '101 runs: a report has at most 100. Pass the ids of the runs to compare.\n',
  })
})
