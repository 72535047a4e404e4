import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { sample } from './importFiles.ts'
import { asked, type Started, started } from './started.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()
const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const records = simulateRuns()

let server: Started
let url: string
beforeAll(async () => {
  server = started(sample)
  url = await server.address
})
afterAll(async () => {
  server.process.kill('SIGINT')
  await server.ended
})

test('server gives no file that is not of the page', async () => {
  for (const path of [
    '/../../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..\\..\\package.json',
    '//etc/passwd',
    '/%00',
    '/%',
  ]) {
    const { status, body } = await asked(url, path)
    expect([path, status >= 400, body]).toEqual([
      path,
      true,
      expect.stringMatching(/^\{"error":\{"message":".*"\}\}$/),
    ])
  }
})

test('server answers nobody who came by another name', async () => {
  const { status, body } = await asked(url, '/api/runs', { headers: { host: 'ledger.example:80' } })
  expect([status, JSON.parse(body)]).toEqual([
    421,
    {
      error: {
        message:
          'Host "ledger.example:80": this server answers to its own machine and its allowed hosts only. Pass the name to --allowed-host, or let a proxy keep the Host header.',
      },
    },
  ])
  expect((await asked(url, '/healthz', { headers: { host: 'ledger.example' } })).status).toBe(421)
  expect((await asked(url, '/api/runs', { headers: { host: 'localhost:1' } })).status).toBe(200)
})

test('server lets a browser run nothing but its own scripts, whatever the answer', async () => {
  for (const path of ['/api/runs', '/api/other', '/other']) {
    const { headers } = await asked(url, path)
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  }
})

test('server takes the next port that is free, and ends by Ctrl-C and other signals without a trace', async () => {
  const taken = new URL(url).port
  const uploads = mkdtempSync(join(folder, 'uploads-'))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) {
    const other = started(sample, ['--db', ':memory:', '--port', taken], { TMPDIR: uploads })
    expect(Number(new URL(await other.address).port)).toBeGreaterThan(Number(taken))
    other.process.kill(signal)
    expect(await other.ended).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^The ledger of 0 runs is at http:\/\/127\.0\.0\.1:\d+\. Press Ctrl-C to stop it\.\nImports are done: the ledger has 28 runs\.\n$/,
      ),
      stderr: '',
    })
    expect(readdirSync(uploads)).toEqual([])
  }
})

test('server imports the good records of an archive, says which are not, and keeps them', async () => {
  const [first, second] = toNdjson(records.slice(0, 2)).split('\n')
  const wrong = JSON.stringify({ ...records[1], created_at: '1', model: null })
  const path = written('some.ndjson', [first, '{"id":', second, wrong, ''].join('\r\n'))
  const options = ['--db', join(folder, 'kept.db'), '--port', '0']
  const other = started([path], options)
  expect(JSON.parse((await asked(await other.address, '/api/runs')).body)).toMatchObject({ matched: 1 })
  other.process.kill('SIGTERM')
  const { code, stderr } = await other.ended
  expect(code).toBe(0)
  expect(stderr.split('\n')).toEqual([
    expect.stringContaining(`${path}:2:7 not NDJSON: `),
    `${path}:4 /created_at: expected integer, found "1"`,
    `${path}:4 /model: expected string, found null`,
    `${path}: 2 records rejected. The others are imported.`,
    '',
  ])
  const [empty, bad] = [written('empty.ndjson', ''), written('bad.ndjson', '{}')]
  const again = started([empty, bad], options)
  expect(JSON.parse((await asked(await again.address, '/api/runs')).body)).toMatchObject({ matched: 1 })
  again.process.kill('SIGTERM')
  expect(await again.ended).toMatchObject({
    stdout: expect.stringMatching(/^The ledger of 1 run is at /),
    stderr: expect.stringMatching(
      new RegExp(`^${empty}: no records\\.\n.*\n${bad}: One record rejected\\.\n$`),
    ) as unknown,
  })
})

test('server says in one sentence why it cannot start', async () => {
  const none = join(folder, 'none.ndjson')
  const noDatabase = written('no.db', 'this is no database, and long enough to be read as one')
  const [noFile, port, database] = await Promise.all([
    started([none]).ended,
    started([], ['--port', '8o8o']).ended,
    started([], ['--db', noDatabase]).ended,
  ])
  const refused = { code: 2, stdout: '' }
  expect(noFile).toEqual({ ...refused, stderr: `${none}: no such file. Check the path.\n` })
  expect(port).toMatchObject({ code: 2, stderr: expect.stringContaining('port') })
  expect(database).toEqual({
    ...refused,
    stderr: `${noDatabase}: the file is not an SQLite database. Pass --db with another file; it was not changed.\n`,
  })
})

test('server listens before its files are imported, and tells how far they are', async () => {
  const pipe = join(folder, 'slow.ndjson')
  execFileSync('mkfifo', [pipe])
  const other = started([], ['--db', join(folder, 'slow.db'), '--port', '0', pipe])
  const address = await other.address
  const states = async () => {
    const { imports } = JSON.parse((await asked(address, '/api/imports')).body)
    return imports.map(({ name, state }: { name: string; state: string }) => [name, state])
  }
  await vi.waitFor(async () => expect(await states()).toEqual([[pipe, 'running']]), { timeout: 200_000 })
  expect(JSON.parse((await asked(address, '/api/runs')).body)).toMatchObject({ matched: 0 })
  writeFileSync(pipe, toNdjson(records.slice(0, 1)))
  await vi.waitFor(async () => expect(await states()).toEqual([[pipe, 'done']]), { timeout: 200_000 })
  expect(JSON.parse((await asked(address, '/api/runs')).body)).toMatchObject({ matched: 1 })
  other.process.kill('SIGTERM')
  expect(await other.ended).toMatchObject({ code: 0, stderr: '' })
})

test('server ends by SIGTERM while a page is open', async () => {
  const other = started(sample)
  const address = await other.address
  const sent = request(`${address}/api/changes`)
  sent.on('error', () => {})
  sent.end()
  await once(sent, 'response')
  other.process.kill('SIGTERM')
  expect(await other.ended).toMatchObject({ code: 0, stderr: '' })
})

test('server watches a simulated service whose runs live on', async () => {
  const other = started([], ['--db', ':memory:', '--port', '0', '--simulate'])
  const address = await other.address
  const keys = async (): Promise<ReadonlyArray<string>> => {
    const { runs } = JSON.parse((await asked(address, '/api/runs')).body)
    return runs.map((run: { readonly key: string }) => run.key)
  }
  await vi.waitFor(async () => expect((await keys()).length).toBeGreaterThan(4), {
    timeout: 200_000,
    interval: 1000,
  })
  const events = async () => {
    const runs = await Promise.all((await keys()).map(key => asked(address, `/api/runs/${key}`)))
    const levels = runs.flatMap(
      ({ body }) => JSON.parse(body).levels as ReadonlyArray<{ readonly count: number }>,
    )
    return levels.reduce((sum, { count }) => sum + count, 0)
  }
  const before = await events()
  await vi.waitFor(async () => expect(await events()).toBeGreaterThan(before), {
    timeout: 200_000,
    interval: 1000,
  })
  other.process.kill('SIGTERM')
  expect((await other.ended).code).toBe(0)
})

test('server explains itself', async () => {
  const { code, stdout } = await started([], ['--help']).ended
  const long = stdout.split('\n').filter(line => line.length > 100)
  expect(long).toEqual([])
  expect(code).toBe(0)
  const pages = ['../../README.md', '../../../../docs/guide/watch-runs.md', '../../../../docs/guide/scale.md']
  const calls = pages.flatMap(
    page => readFileSync(new URL(page, import.meta.url), 'utf8').match(/finetune-ledger\b[^\n#]*/g) ?? [],
  )
  const flags = calls.flatMap(call => call.match(/--[a-z][a-z-]+/g) ?? [])
  expect(flags).toEqual(expect.arrayContaining(['--db', '--token-env', '--api-key-env']))
  for (const word of ['finetune-ledger jobs.ndjson', '--port', '--open', ...flags])
    expect(stdout).toContain(word)
})

test.each([
  [
    ['--port', 'abc'],
    'Invalid value for flag --port: "abc". Expected a number. See finetune-ledger --help.\n',
  ],
  [['--bogus'], 'Unrecognized flag: --bogus. See finetune-ledger --help.\n'],
  [['--db', ''], '--db: an empty name. Pass the path of a file.\n'],
  [
    ['--token-env', 'A\u001b[2J'],
    '--token-env: the variable A\\u001b[2J is not set. Put a token of 16 characters or more into it.\n',
  ],
])('server tells in one line what is wrong with the call %j', async (args, stderr) => {
  expect(await started([], args).ended).toEqual({ code: 2, stdout: '', stderr })
})

test('server knows -V', async () => {
  expect(await started([], ['-V']).ended).toMatchObject({ code: 0, stdout: 'finetune-ledger v0.0.0\n' })
})
