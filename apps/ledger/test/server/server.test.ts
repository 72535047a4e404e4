import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { asked, type Started, started } from './started.ts'

// programs start slowly on a busy machine
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const records = simulateRuns()

let server: Started
let url: string
beforeAll(async () => {
  server = started([])
  url = await server.address
})
afterAll(async () => {
  server.process.kill('SIGINT')
  await server.ended
  rmSync(folder, { recursive: true })
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
    { error: { message: 'This server answers to its own machine only.' } },
  ])
  expect((await asked(url, '/api/runs', { headers: { host: 'localhost:1' } })).status).toBe(200)
})

test('server only reads', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const { status, headers } = await asked(url, '/api/runs', { method })
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
  }
})

test('server lets a browser run nothing but its own scripts, whatever the answer', async () => {
  for (const path of ['/api/runs', '/api/other', '/other']) {
    const { headers } = await asked(url, path)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})

test('server takes the next port that is free, and ends by Ctrl-C without an error', async () => {
  const taken = Number(new URL(url).port)
  const other = started([], { PORT: String(taken) })
  expect(Number(new URL(await other.address).port)).toBeGreaterThan(taken)
  other.process.kill('SIGINT')
  expect(await other.ended).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /^The ledger of 28 runs is at http:\/\/127\.0\.0\.1:\d+\. Press Ctrl-C to stop it\.\n$/,
    ),
    stderr: '',
  })
})

test('server shows the good records of an archive, and says which are not', async () => {
  const [first, second] = toNdjson(records.slice(0, 2)).split('\n')
  const wrong = JSON.stringify({ ...records[1], created_at: '1', model: null })
  const path = written('some.ndjson', [first, '{"id":', second, wrong, ''].join('\r\n'))
  const other = started([path])
  const body = JSON.parse((await asked(await other.address, '/api/runs')).body)
  other.process.kill('SIGINT')
  const { code, stderr } = await other.ended
  const rejects = [
    expect.stringContaining(`${path}:2:7 not NDJSON: `),
    expect.stringMatching(
      /:4:\d+ \/created_at: expected integer, found "1"\n.*:4:\d+ \/model: expected string, found null$/,
    ),
  ]
  expect(body).toMatchObject({ sources: [path], rejects, rejected: 2 })
  expect(body.runs).toHaveLength(1)
  expect(code).toBe(0)
  expect(stderr.split('\n').slice(-2)).toEqual([
    `2 of the records of ${path} could not be read; the others are shown.`,
    '',
  ])
})

test('server says in one sentence why it cannot start', async () => {
  const none = join(folder, 'none.ndjson')
  const [noFile, port] = await Promise.all([started([none]).ended, started([], { PORT: '8o8o' }).ended])
  const refused = { code: 2, stdout: '' }
  expect(noFile).toEqual({ ...refused, stderr: `${none}: no such file. Check the path.\n` })
  expect(port).toEqual({ ...refused, stderr: 'PORT is "8o8o": it has to be a number from 0 to 65535.\n' })
})
