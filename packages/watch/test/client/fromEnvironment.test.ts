import { fromEnvironment, type ServiceFlags } from '@finetune-kit/watch'
import * as Redacted from 'effect/Redacted'
import { describe, expect, test } from 'vitest'

const optionsOf = (flags: ServiceFlags, env: Readonly<Record<string, string>>) => {
  const options = fromEnvironment(flags, env)
  if (options._tag === 'Left') return options.left.message
  const { key, ...rest } = options.right
  return { ...rest, ...(key === undefined ? {} : { key: Redacted.value(key) }) }
}

describe('fromEnvironment', () => {
  test('reads the variables of the SDK', () => {
    const env = { OPENAI_API_KEY: 'sk-1\n', OPENAI_ORG_ID: 'org-1', OPENAI_PROJECT_ID: 'proj-1' }
    expect(optionsOf({}, env)).toEqual({
      baseUrl: 'https://api.openai.com/v1',
      keyName: 'OPENAI_API_KEY',
      key: 'sk-1',
      isBearer: false,
      headers: { 'OpenAI-Organization': 'org-1', 'OpenAI-Project': 'proj-1' },
    })
    expect(optionsOf({}, { ...env, OPENAI_BASE_URL: 'http://local/v1' })).toMatchObject({
      baseUrl: 'http://local/v1',
    })
  })

  test('reads the variables of Azure', () => {
    const env = {
      AZURE_OPENAI_ENDPOINT: 'https://lab.openai.azure.com',
      AZURE_OPENAI_AD_TOKEN: 'token',
      OPENAI_API_VERSION: '2024-10-21',
      OPENAI_ORG_ID: 'org-1',
    }
    const azure = {
      baseUrl: 'https://lab.openai.azure.com',
      keyName: 'AZURE_OPENAI_AD_TOKEN',
      key: 'token',
      isBearer: true,
      apiVersion: '2024-10-21',
      headers: {},
    }
    expect(optionsOf({ dialect: 'azure' }, env)).toEqual({ ...azure, dialect: 'azure' })
    expect(optionsOf({ baseUrl: env.AZURE_OPENAI_ENDPOINT }, env)).toEqual(azure)
    expect(optionsOf({ dialect: 'azure' }, { ...env, AZURE_OPENAI_API_KEY: 'k' })).toMatchObject({
      key: 'k',
      isBearer: false,
    })
  })

  test('means Azure where nothing else is named, and asks for its address', () => {
    const azure = { AZURE_OPENAI_ENDPOINT: 'https://gateway.lab.example', AZURE_OPENAI_API_KEY: 'k' }
    expect(optionsOf({}, azure)).toMatchObject({
      baseUrl: azure.AZURE_OPENAI_ENDPOINT,
      dialect: 'azure',
      key: 'k',
    })
    expect(optionsOf({}, { ...azure, OPENAI_API_KEY: 'sk-1' })).toMatchObject({
      baseUrl: 'https://api.openai.com/v1',
      key: 'sk-1',
    })
    expect(optionsOf({ dialect: 'azure' }, { AZURE_OPENAI_API_KEY: 'k' })).toBe(
      '--dialect azure: no address. Pass --base-url https://RESOURCE.openai.azure.com, or set AZURE_OPENAI_ENDPOINT.',
    )
  })

  test('prefers what is passed', () => {
    const flags = { baseUrl: 'http://a/v1', apiKeyEnv: 'MINE', headers: ['X-Team: red', 'x-empty:'] }
    expect(optionsOf(flags, { OPENAI_API_KEY: 'no', MINE: 'yes' })).toMatchObject({
      baseUrl: 'http://a/v1',
      keyName: 'MINE',
      key: 'yes',
      headers: { 'X-Team': 'red', 'x-empty': '' },
    })
  })

  test('tells what to do, without a value', () => {
    expect(optionsOf({ apiKeyEnv: 'MINE' }, {})).toBe(
      '--api-key-env: the variable MINE is not set. Put the key of the service into it.',
    )
    expect(optionsOf({ apiKeyEnv: 'sk-1' }, {})).toBe(
      '--api-key-env: not the name of a variable. Put the key into a variable, and pass its name.',
    )
    expect(optionsOf({}, { OPENAI_API_KEY: 'sk 1' })).toBe(
      'OPENAI_API_KEY: not a key. It holds spaces or control characters; copy the key again.',
    )
    expect(optionsOf({ headers: ['secret'] }, {})).toBe(
      '--header: not a header. Pass it as --header "Name: value".',
    )
  })
})
