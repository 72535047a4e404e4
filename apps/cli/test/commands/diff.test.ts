import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { program } from '../spawnFinetune.ts'
import { snapshotFiles, trouble } from './snapshotFiles.ts'

const { finetune, written, folder, snapshots, created, validated, other, a, b, good } = snapshotFiles()

const shown = (format: string) => finetune(['diff', a, b, '--format', format])

test('diff shows what differs in every format', async () => {
  const [text, markdown, html, json, jsonPatch, mergePatch, side, unified] = await Promise.all(
    ['text', 'markdown', 'html', 'json', 'json-patch', 'merge-patch', 'side-by-side', 'unified'].map(shown),
  )
  for (const said of [text, markdown, html, json, jsonPatch, mergePatch, side, unified])
    expect(said).toMatchObject({ code: 1, stderr: '' })
  expect(text?.stdout.split('\n')).toContain('+ Hyperparams › Batch size resolved by the service: 8')
  expect(markdown?.stdout.split('\n')).toContain('- `Hyperparams › Batch size` resolved by the service: `8`')
  expect(html?.stdout).toMatch(/^<ul class="changes">\n<li class="change TimestampChanged">/)
  expect(JSON.parse(json?.stdout ?? '')).toMatchObject([
    { run: created.id, changes: [{ _tag: 'TimestampChanged' }, {}, {}, {}, {}] },
  ])
  expect(JSON.parse(jsonPatch?.stdout ?? '')).toContainEqual({
    op: 'replace',
    path: '/hyperparams/batch_size',
    value: 8,
  })
  expect(JSON.parse(mergePatch?.stdout ?? '')).toMatchObject({ hyperparams: { batch_size: 8 } })
  expect(side?.stdout).toContain(`Hyperparams › Batch size\n| null${' '.repeat(43)} | 8\n`)
  expect(unified?.stdout).toContain('- Hyperparams › Batch size: null\n+ Hyperparams › Batch size: 8\n')
})

const hasBash = spawnSync('bash', ['-c', ': <(:)']).status === 0

test.skipIf(!hasBash)('diff compares what commands write, which can be read once', async () => {
  const [earlier, later] = [snapshots.slice(0, -1), snapshots].map((records, i) =>
    written(`side-${i}.ndjson`, toNdjson(records)),
  )
  const { stdout } = await finetune(['diff', earlier ?? '', later ?? ''])
  const call = `'${process.execPath}' --conditions=@finetune-kit/source '${program}' diff <(cat '${earlier}') <(cat '${later}')`
  const ended = spawnSync('bash', ['-c', call], { cwd: folder, encoding: 'utf8' })
  expect(ended).toMatchObject({ status: 1, stdout, stderr: '' })
})

test('diff compares archives run by run, and the newest record of each run', async () => {
  const less = snapshots.filter(s => s.id !== other.id)
  const earlier = less.filter((s, i) => s.id !== created.id || i === 0)
  const extra = { ...other, id: 'ft-extra' }
  const { code, stdout, stderr } = await finetune([
    'diff',
    written('less.ndjson', toNdjson([...earlier, extra])),
    good,
  ])
  expect([code, stderr]).toEqual([1, ''])
  const lines = stdout.split('\n').filter(line => !/^ {2}[+~>!]/.test(line))
  // a run is told of as soon as both sides of it are known
  expect(lines.toSorted()).toEqual(
    [`run "${created.id}"`, 'run "ft-extra" removed', `run "${other.id}" added`, ''].toSorted(),
  )
  expect(stdout).toMatch(
    RegExp(`run "${other.id}" added\n {2}\\+ first seen as succeeded, created at .*, base model`),
  )
  const piped = await finetune(['diff', '-', good], toNdjson([...earlier, extra]))
  expect([piped.code, piped.stdout.length]).toEqual([1, stdout.length])
  expect(stdout).toContain('  ~ status: pending → succeeded after')
})

test('diff compares the newest records of runs, in whatever order they were written', async () => {
  const job = simulateJobs()[2]
  const seen = job?.observations ?? []
  const first = written('seen.ndjson', toNdjson(seen))
  const shuffled = written('shuffled.ndjson', toNdjson(seen.toReversed()))
  const legacy = written('reversed.ndjson', toNdjson(snapshots.toReversed()))
  expect(await finetune(['diff', first, shuffled])).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await finetune(['diff', good, legacy])).toEqual({ code: 0, stdout: '', stderr: '' })
  const states = snapshots.filter(({ id }) => id === created.id)
  const [one, other] = [states, states.toReversed()].map((list, i) =>
    written(`one-${i}.ndjson`, toNdjson(list)),
  )
  expect(await finetune(['diff', one ?? '', other ?? ''])).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('diff leaves out what is to be ignored', async () => {
  const ignore = ['/updated_at', '/hyperparams', '/events', '/training_files/0/status'].flatMap(p => [
    '--ignore',
    p,
  ])
  expect(await finetune(['diff', a, b, ...ignore])).toEqual({ code: 0, stdout: '', stderr: '' })
  const some = await finetune([
    'diff',
    a,
    b,
    '--ignore',
    '/events',
    '--ignore',
    '/updated_at',
    '--ignore',
    '/no/such',
  ])
  expect(some.stdout).toBe(
    '+ Hyperparams › Batch size resolved by the service: 8\n' +
      '+ Hyperparams › Learning rate multiplier resolved by the service: 0.05\n',
  )
})

test('diff of what is the same prints nothing, but a document where one was asked for', async () => {
  const formats = ['text', 'markdown', 'json', 'json-patch', 'merge-patch', 'side-by-side']
  const all = await Promise.all(formats.map(format => finetune(['diff', a, a, '--format', format])))
  expect(all.map(({ code, stdout }) => [code, stdout])).toEqual([
    [0, ''],
    [0, ''],
    [0, '[\n]\n'],
    [0, '[]\n'],
    [0, '{}\n'],
    [0, ''],
  ])
})

test('diff cuts off secrets when asked to', async () => {
  const secret = written(
    'secret.json',
    JSON.stringify({ ...created, note: 'sk-Tomato', organization_id: 'org-x' }),
  )
  const formats = ['text', 'markdown', 'html', 'json', 'json-patch', 'merge-patch', 'side-by-side', 'unified']
  const all = await Promise.all(formats.map(f => finetune(['diff', a, secret, '--redact', '--format', f])))
  for (const { code, stdout } of all) {
    expect(code).toBe(1)
    expect(stdout).toContain('sk-…')
    expect(stdout).not.toMatch(/Tomato|harbourlab/)
  }
})

test('diff says in a sentence what cannot be compared', async () => {
  const lost = written('lost.json', JSON.stringify(created))
  const all = await Promise.all([
    finetune(['diff', a, written('empty.json', '')]),
    finetune(['diff', a, b, '--ignore', 'events']),
    finetune(['diff', a, good, '--format', 'json-patch']),
    finetune(['diff', b, lost, '--format', 'merge-patch']),
    finetune(['diff', a, b, 'c.json']),
  ])
  expect(all).toEqual([
    trouble('empty.json: no records to compare. Pass a file with records.\n'),
    trouble(
      '--ignore: "events" is not a JSON Pointer: a pointer is empty or begins with "/". Pass --ignore /events.\n',
    ),
    trouble('--format json-patch: it needs one run in each file. Pass --format json.\n'),
    trouble(
      'A merge patch cannot set null, as /hyperparams/batch_size, /hyperparams/learning_rate_multiplier needs. Pass --format json-patch.\n',
    ),
    trouble('finetune diff: too many arguments. Pass two files.\n'),
  ])
  const unknown = await finetune(['diff', a, b, '--format', 'xml'])
  expect([unknown.code, unknown.stdout]).toEqual([2, ''])
  expect(unknown.stderr.split('\n')).toHaveLength(2)
})

test('diff shows git what happened to the runs of a file', () => {
  const repository = mkdtempSync(join(folder, 'git-'))
  const git = (...args: ReadonlyArray<string>) => {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_PAGER: 'cat' }
    const { status, stdout, stderr } = spawnSync('git', ['-C', repository, ...args], {
      encoding: 'utf8',
      env,
    })
    expect([status, stderr]).toEqual([0, ''])
    return stdout
  }
  const put = (name: string, text: string) => writeFileSync(join(repository, name), text)
  git('init', '-q')
  git(
    'config',
    'diff.finetune.command',
    `'${process.execPath}' --conditions=@finetune-kit/source '${program}' diff`,
  )
  put('.gitattributes', '*.json diff=finetune\n')
  put('run.json', JSON.stringify(created))
  put('bad.json', '{')
  git('add', '.')
  put('run.json', JSON.stringify(validated))
  put('bad.json', '[')
  const said = git('diff')
  expect(said).toMatch(/^bad\.json\nbad\.json:1:2 not JSON: /)
  expect(said).toContain(`run "${created.id}"\n  ~ `)
  expect(said).toContain('  + Hyperparams › Batch size resolved by the service: 8\n')
  git('rm', '-q', '-f', 'bad.json')
  expect(git('diff', '--cached')).toContain(`run "${created.id}" added\n  + `)
  git('config', 'user.email', 'a@example.com')
  git('config', 'user.name', 'a')
  put('\u001b]0;x\u0007.json', JSON.stringify(validated))
  git('add', '.')
  git('commit', '-q', '-m', 'runs')
  chmodSync(join(repository, 'run.json'), 0o755)
  expect(git('diff')).toBe('run.json (mode 100644 → 100755)\n')
  put('\u001b]0;x\u0007.json', JSON.stringify(created))
  expect(git('diff', '--', '\u001b*')).toMatch(/^\\u001b\]0;x\\u0007\.json\nrun /)
})

test('diff and log speak of jobs when told to', async () => {
  const job = {
    id: 'ftjob-1',
    object: 'fine_tuning.job',
    created_at: 1_690_000_000,
    model: 'gpt-3.5-turbo',
    fine_tuned_model: null,
    organization_id: 'org-x',
    status: 'queued',
    training_file: 'file-1',
    validation_file: null,
    result_files: [],
  }
  const queued = written('queued.json', JSON.stringify(job))
  const running = written('running.json', JSON.stringify({ ...job, status: 'running' }))
  expect(await finetune(['diff', queued, running])).toEqual({
    code: 1,
    stdout: '~ status: queued → running\n',
    stderr: '',
  })
  expect((await finetune(['log', queued])).stdout).toBe(
    'run "ftjob-1"\n  snapshot 1\n    + first seen as queued, created at 2023-07-22T04:26:40Z, base model gpt-3.5-turbo\n',
  )
})

test('diff finds no change in words where null stands for absent, as an SDK writes it, and shows it in a patch', async () => {
  const job = { object: 'fine_tuning.job', id: 'ftjob-1', created_at: 1, model: 'm', status: 'running' }
  const sdk = { ...job, seed: null, error: { code: null, message: null, param: null } }
  const files = [job, sdk].map((value, i) => written(`absent-${i}.json`, JSON.stringify(value)))
  const by = (format: string) => finetune(['diff', ...files, '--format', format])
  for (const format of ['text', 'markdown', 'html'])
    expect(await by(format)).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await by('json')).toEqual({ code: 0, stdout: '[\n]\n', stderr: '' })
  for (const format of ['json-patch', 'side-by-side', 'unified'])
    expect(await by(format)).toMatchObject({ code: 1, stdout: expect.stringContaining('null') })
})

test('diff reads what no name tells as the format of --from', async () => {
  const [a, b] = [written('records.x', 'a,b\n1,2\n'), written('later.x', 'a,b\n1,3\n')]
  const said = await finetune(['diff', a, b, '--kind', 'json', '--from', 'csv'])
  expect(said).toEqual({ code: 1, stdout: '~ b: 2 → 3\n', stderr: '' })
})
