import { afterAll, beforeAll, expect, test } from 'vitest'
import { sample } from './importFiles.ts'
import { asked, type Started, started } from './started.ts'

const token = 'a token of 16 characters or more'
const basic = (password: string) => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`

let server: Started
let url = ''
beforeAll(async () => {
  const flags = ['--host', '0.0.0.0', '--allowed-host', 'Ledger.example', '--token-env', 'LEDGER_TOKEN']
  server = started(sample, ['--db', ':memory:', '--port', '0', ...flags], { LEDGER_TOKEN: token })
  url = (await server.address).replace('0.0.0.0', '127.0.0.1')
})
afterAll(async () => {
  server.process.kill('SIGTERM')
  await server.ended
})

test('a server for others answers those who bring the token', async () => {
  for (const headers of [
    { authorization: `Bearer ${token}` },
    { authorization: basic(token) },
    { authorization: basic(token), host: 'ledger.example' },
    { authorization: basic(token), host: 'LEDGER.EXAMPLE:443' },
    { authorization: basic(token), host: '192.0.2.7:4321' },
    { authorization: basic(token), host: '[2001:db8::1]:4321' },
  ]) {
    const { status } = await asked(url, '/api/runs', { headers })
    expect([headers, status]).toEqual([headers, 200])
  }
})

test.each([
  ['without a token', {}, 401],
  ['with another token', { authorization: basic('another') }, 401],
  ['with an empty token', { authorization: basic('') }, 401],
  ['with the token in another scheme', { authorization: `Digest ${token}` }, 401],
  ['by another name', { authorization: basic(token), host: 'evil.example' }, 421],
  ['by a name that ends alike', { authorization: basic(token), host: 'not-ledger.example' }, 421],
])('a server for others answers nobody who comes %s', async (_, headers: Record<string, string>, status) => {
  for (const path of ['/api/runs', '/', '/api/changes', '/openapi.json', '/healthz/../api/runs']) {
    const refused = await asked(url, path, { headers })
    expect([path, refused.status]).toEqual([path, status])
    expect(JSON.parse(refused.body).error.message).toMatch(/\.$/)
    if (status === 401) expect(refused.headers['www-authenticate']).toMatch(/^Basic /)
  }
})

test('healthz needs no token, and no name: a probe has its own for a server', async () => {
  for (const headers of [{}, { host: 'ledger-5f6b:4321' }])
    expect((await asked(url, '/healthz', { headers })).status).toBe(200)
})

test('nobody opens a server to others without a token', async () => {
  const message =
    '--host, --allowed-host: they open the ledger to others. Pass --token-env NAME, an environment variable that holds a token.\n'
  for (const [flags, stderr] of [
    [['--host', '0.0.0.0'], message],
    [['--host', '::'], message],
    [['--allowed-host', 'ledger.example'], message],
    [
      ['--host', '0.0.0.0', '--token-env', 'LEDGER_TOKEN'],
      '--token-env: the variable LEDGER_TOKEN holds fewer than 16 characters. Put a token of 16 characters or more into it.\n',
    ],
  ] as const)
    expect(await started([], ['--db', ':memory:', ...flags], { LEDGER_TOKEN: 'short' }).ended).toEqual({
      code: 2,
      stdout: '',
      stderr,
    })
})
