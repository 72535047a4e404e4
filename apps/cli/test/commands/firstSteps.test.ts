import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'
import { startFinetune, spawnFinetune } from '../spawnFinetune.ts'

const { folder } = folderOfTests()

/** Variables of a user who has set nothing but the key. */
const nothing = {
  OPENAI_BASE_URL: '',
  OPENAI_API_KEY: '',
  AZURE_OPENAI_ENDPOINT: '',
  AZURE_OPENAI_API_KEY: '',
  AZURE_OPENAI_AD_TOKEN: '',
  OPENAI_API_VERSION: '',
  DATABASE_URL: '',
  HTTPS_PROXY: '',
  HTTP_PROXY: '',
  https_proxy: '',
  http_proxy: '',
}

const withService = <A>(
  options: FakeService.FakeServiceOptions,
  use: (service: FakeService.FakeService) => Promise<A>,
): Promise<A> =>
  Effect.runPromise(
    Effect.scoped(Effect.flatMap(FakeService.make(options), service => Effect.promise(() => use(service)))),
  )

const answering = async <A>(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  use: (origin: string) => Promise<A>,
): Promise<A> => {
  const server = await new Promise<Server>(resolve => {
    const opened = createServer(answer).listen(0, '127.0.0.1', () => resolve(opened))
  })
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const pull = (args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
  spawnFinetune(folder, ['pull', 'out.ndjson', ...args], { env: { ...nothing, ...env } })

describe('the first steps of a user', () => {
  test('watch prints the first change of a run, with two variables set and nothing else', () =>
    withService({ jobs: 1, speed: 60 }, async ({ baseUrl, key, lives }) => {
      const env = { ...nothing, OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: key }
      const child = startFinetune(folder, ['watch', '--db', 'first.db'], env)
      let stdout = ''
      await new Promise<void>(resolve => {
        child.stdout.on('data', piece => {
          stdout += piece
          if (stdout.includes(', base model ')) resolve()
        })
        child.on('close', () => resolve())
      })
      child.kill('SIGTERM')
      expect(stdout).toContain(`run "${lives[0]?.id}"\n  `)
      expect(stdout).toMatch(/^ {4}\+ (first seen|created).*, base model /m)
    }))

  test('a key that is missing or wrong', () =>
    withService({ jobs: 1 }, async ({ baseUrl }) => {
      expect(await pull(['--base-url', baseUrl])).toEqual({
        code: 2,
        stdout: '',
        stderr: `${baseUrl}/fine_tuning/jobs: a key is required (401: Incorrect API key provided). Put it into OPENAI_API_KEY, or name its variable with --api-key-env.\n`,
      })
      expect((await pull(['--base-url', baseUrl], { OPENAI_API_KEY: 'sk-old' })).stderr).toBe(
        `${baseUrl}/fine_tuning/jobs: the key is refused (401: Incorrect API key provided). Put a key of this service into OPENAI_API_KEY, or name another variable with --api-key-env.\n`,
      )
    }))

  test('an address with a typing error, without /v1, or with https where there is http', () =>
    withService({ jobs: 1 }, async ({ baseUrl, key }) => {
      const env = { OPENAI_API_KEY: key }
      const { origin } = new URL(baseUrl)
      const typing = await pull(['--base-url', 'https://api.openai.invalid/v1'], env)
      expect(typing.code).toBe(2)
      expect(typing.stderr).toMatch(
        /^https:\/\/api\.openai\.invalid\/v1\/fine_tuning\/jobs: (there is no host of this name|the name of the host cannot be looked up)\. Check .*the base URL.*\.\n$/,
      )
      expect((await pull(['--base-url', origin], env)).stderr).toBe(
        `${origin}/fine_tuning/jobs: not there (404: Invalid URL (GET /fine_tuning/jobs)). Check the base URL, which often ends with /v1.\n`,
      )
      const secure = baseUrl.replace('http:', 'https:')
      expect((await pull(['--base-url', secure], env)).stderr).toBe(
        `${secure}/fine_tuning/jobs: it answers without TLS. Use a base URL with http:// where the service has none.\n`,
      )
      // the address of a resource is as good as that of the service
      expect((await pull(['--base-url', `${baseUrl}/chat/completions`], env)).code).toBe(0)
    }))

  test('a page of HTML where the service was expected', () =>
    answering(
      (_, response) => void response.end('<!DOCTYPE html><title>Welcome</title>'),
      async origin =>
        expect((await pull(['--base-url', origin], { OPENAI_API_KEY: 'k' })).stderr).toBe(
          `${origin}/fine_tuning/jobs: it answers with HTML, not JSON. Check the base URL, which often ends with /v1.\n`,
        ),
    ))

  test('Azure: the address of a deployment is understood, a wrong version is named', () =>
    withService({ jobs: 1, dialect: 'azure' }, async ({ baseUrl, key }) => {
      const { origin } = new URL(baseUrl)
      const azure = ['--dialect', 'azure', '--base-url']
      const env = { AZURE_OPENAI_API_KEY: key }
      const deployment = `${origin}/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21`
      expect((await pull([...azure, deployment], env)).code).toBe(0)
      expect((await pull([...azure, origin], env)).code).toBe(0)
      expect((await pull([...azure, origin])).stderr).toBe(
        `${origin}/openai/v1/fine_tuning/jobs: a key is required (401: Incorrect API key provided). Put it into AZURE_OPENAI_API_KEY, or name its variable with --api-key-env.\n`,
      )
      await answering(
        (_, response) => {
          response.writeHead(404, { 'content-type': 'application/json' })
          response.end('{"error":{"code":"404","message":"Resource not found"}}')
        },
        async host =>
          expect((await pull([...azure, host, '--api-version', '2019-01-01'], env)).stderr).toBe(
            `${host}/openai/fine_tuning/jobs: not there (404: Resource not found). Check that the base URL is https://RESOURCE.openai.azure.com, that the API version is one of Azure.\n`,
          ),
      )
    }))
})
