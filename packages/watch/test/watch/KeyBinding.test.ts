import { KeyBinding, type NewConnection } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'

const env = {
  OPENAI_API_KEY: 'sk-openai',
  AZURE_OPENAI_API_KEY: 'azure',
  LAB_KEY: 'sk-lab',
  EMPTY_KEY: ' ',
  BAD_KEY: 'sk with spaces',
}

describe('parse', () => {
  test.each([
    ['OPENAI_API_KEY', {}, { keyName: 'OPENAI_API_KEY', baseUrl: 'https://api.openai.com/v1' }],
    [
      'OPENAI_API_KEY',
      { OPENAI_BASE_URL: 'http://localhost:8000/v1' },
      { keyName: 'OPENAI_API_KEY', baseUrl: 'http://localhost:8000/v1' },
    ],
    [
      'LAB_KEY=https://me:secret@lab.example/v1',
      {},
      { keyName: 'LAB_KEY', baseUrl: 'https://lab.example/v1' },
    ],
    ['LAB_KEY=https://lab.example/v1', {}, { keyName: 'LAB_KEY', baseUrl: 'https://lab.example/v1' }],
    [
      'AZURE_OPENAI_API_KEY',
      { AZURE_OPENAI_ENDPOINT: 'https://lab.openai.azure.com' },
      { keyName: 'AZURE_OPENAI_API_KEY', baseUrl: 'https://lab.openai.azure.com' },
    ],
  ])('binds %s', (text, more, binding) => {
    expect(KeyBinding.parse(text, { ...env, ...more })).toEqual({ _tag: 'Right', right: binding })
  })

  test.each([
    ['sk-secret-key', /^--api-key-env: not a variable\. Pass it as --api-key-env NAME or NAME=BASE_URL\.$/],
    ['=https://lab.example', /not a variable/],
    ['', /not a variable/],
    ['MISSING_KEY', /^--api-key-env: the variable MISSING_KEY is not set/],
    ['EMPTY_KEY=https://lab.example/v1', /EMPTY_KEY is not set/],
    ['BAD_KEY', /^BAD_KEY: not a key/],
    ['LAB_KEY=lab', /LAB_KEY is bound to "lab", which is not a base URL/],
    ['LAB_KEY=\u009b2J\u202e', /LAB_KEY is bound to "\\u009b2J\\u202e", which/],
    ['LAB_KEY=file:///etc/passwd', /not a base URL/],
    ['AZURE_OPENAI_API_KEY', /AZURE_OPENAI_API_KEY has no address.*AZURE_OPENAI_ENDPOINT/],
  ])('refuses %s, without the key', (text, message) => {
    const parsed = KeyBinding.parse(text, env)
    expect(parsed).toMatchObject({ _tag: 'Left', left: { message: expect.stringMatching(message) } })
    expect(JSON.stringify(parsed)).not.toContain('sk-')
  })
})

const openai = { keyName: 'OPENAI_API_KEY', baseUrl: 'https://api.openai.com/v1' }
const to = (baseUrl: string, more: Partial<NewConnection> = {}): NewConnection => ({
  keyName: 'OPENAI_API_KEY',
  baseUrl,
  dialect: 'openai',
  apiVersion: undefined,
  ...more,
})

describe('isBound', () => {
  test.each([
    'https://api.openai.com/v1',
    'https://api.openai.com/v1/',
    'https://API.openai.com:443/v1',
    'https://api.openai.com/other/../v1',
    'https://somebody:password@api.openai.com/v1?x=1#y',
  ])('knows %s for the same address', url => {
    expect(KeyBinding.isBound(openai, to(url))).toBe(true)
  })

  test.each([
    'https://evil.example/v1',
    'http://api.openai.com/v1',
    'https://api.openai.com:8443/v1',
    'https://api.openai.com./v1',
    'https://api.openai.com.evil.example/v1',
    'https://api.openai.com@evil.example/v1',
    'https://api.openai.com\\@evil.example/v1',
    'https://api.openai.com%2eevil.example/v1',
    'https://\u0430pi.openai.com/v1',
    'https://api.openai.com/v1/../../evil',
    'https://api.openai.com/v2',
    'https://api.openai.com',
    '//api.openai.com/v1',
    'api.openai.com/v1',
    '',
  ])('takes %s for another address', url => {
    expect(KeyBinding.isBound(openai, to(url))).toBe(false)
  })

  test('compares names as they are, and paths as the dialect has them', () => {
    expect(KeyBinding.isBound(openai, to(openai.baseUrl, { keyName: 'openai_api_key' }))).toBe(false)
    expect(KeyBinding.isBound(openai, to(openai.baseUrl, { keyName: '' }))).toBe(false)
    const azure = { keyName: 'OPENAI_API_KEY', baseUrl: 'https://lab.openai.azure.com' }
    const version = { dialect: 'azure', apiVersion: '2024-10-21' } as const
    for (const more of [version, { dialect: 'azure', apiVersion: undefined } as const]) {
      const url = more.apiVersion === undefined ? `${azure.baseUrl}/openai/v1` : `${azure.baseUrl}/openai`
      expect(KeyBinding.isBound(azure, to(url, more))).toBe(true)
    }
    const other = to('https://lab.openai.azure.com.evil.example/openai', version)
    expect(KeyBinding.isBound(azure, other)).toBe(false)
  })

  test('takes 127.0.0.1, localhost and [::1] for three addresses, and other forms of one for the same', () => {
    const local = { keyName: 'OPENAI_API_KEY', baseUrl: 'http://127.0.0.1:8000/v1' }
    for (const host of ['localhost', '[::1]', '[::ffff:127.0.0.1]', '127.0.0.2'])
      expect([host, KeyBinding.isBound(local, to(`http://${host}:8000/v1`))]).toEqual([host, false])
    for (const host of ['127.1', '0x7f.0.0.1', '2130706433'])
      expect([host, KeyBinding.isBound(local, to(`http://${host}:8000/v1`))]).toEqual([host, true])
  })
})

const stored = (connection: NewConnection) => ({ connection: 1, notBefore: 0, ...connection })

test('watcherOptions opens a client for a bound address alone', async () => {
  const { serves, clientOf } = KeyBinding.watcherOptions([openai], env)
  const bound = stored(to(openai.baseUrl))
  const source = Effect.map(clientOf(bound), client => client.source)
  expect(await Effect.runPromise(Effect.scoped(source))).toBe('https://api.openai.com/v1')
  expect(serves(bound)).toBe(true)
  for (const other of [to('https://evil.example/v1'), to(openai.baseUrl, { keyName: 'LAB_KEY' })]) {
    expect(serves(stored(other))).toBe(false)
    const refused = Effect.flip(clientOf(stored(other)))
    expect(await Effect.runPromise(Effect.scoped(refused))).toMatchObject({
      kind: 'NoKey',
      message: `${other.baseUrl}: key not available. Start this process with --api-key-env ${other.keyName}=${other.baseUrl}`,
    })
  }
})

const made = (...args: Parameters<typeof KeyBinding.connectionOf>): NewConnection => {
  const connection = KeyBinding.connectionOf(...args)
  if (connection._tag === 'Left') throw new Error(connection.left.message)
  return connection.right
}

test('connectionOf completes an address as the dialect has it, and detects the dialect', () => {
  const azure = { keyName: 'AZURE_OPENAI_API_KEY', baseUrl: 'https://lab.openai.azure.com/' }
  expect(made(openai, {})).toEqual({ ...openai, dialect: 'openai', apiVersion: undefined })
  expect(made(azure, {})).toMatchObject({
    dialect: 'azure',
    baseUrl: 'https://lab.openai.azure.com/openai/v1',
  })
  expect(made(azure, { apiVersion: '2024-10-21' })).toEqual({
    keyName: azure.keyName,
    baseUrl: 'https://lab.openai.azure.com/openai',
    dialect: 'azure',
    apiVersion: '2024-10-21',
  })
  for (const choice of [{}, { apiVersion: '2024-10-21' }, { dialect: 'compatible' } as const])
    expect(KeyBinding.isBound(azure, made(azure, choice))).toBe(true)
})
