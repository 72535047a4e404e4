import { expect, test } from 'vitest'
import { sampleServer } from './sampleServer.ts'

const { raw } = sampleServer()

interface Described {
  readonly description?: string
}

interface Parameter extends Described {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Described
}

interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly parameters: ReadonlyArray<Parameter>
  readonly responses: Readonly<Record<string, Described>>
  readonly security: ReadonlyArray<object>
}

interface Document {
  readonly tags: ReadonlyArray<Described & { readonly name: string }>
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const document = async () => (await raw('/openapi.json')).body as Document

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => Object.assign({ path, method }, operation)),
  )

const sentence = /^[A-Z].{10,}[^.]\.$/

test('openapi.json says in a sentence what each endpoint, parameter and response is', async () => {
  const found = await document()
  for (const { name, description } of found.tags)
    expect([name, description]).toEqual([name, expect.stringMatching(sentence)])
  const operations = operationsOf(found)
  expect(operations.length).toBeGreaterThan(25)
  for (const { operationId, summary, parameters, responses } of operations) {
    expect([operationId, summary]).toEqual([operationId, expect.stringMatching(sentence)])
    for (const { name, description, required, schema } of parameters) {
      expect([operationId, name, description]).toEqual([operationId, name, expect.stringMatching(sentence)])
      if (!required && /^(limit|order|sort|points|hidden|offset|format|what|axis|all)$/.test(name))
        expect([operationId, name, description]).toEqual([
          operationId,
          name,
          expect.stringMatching(/Default: .+\.$/),
        ])
      // once: where a reader of the parameter looks for it
      expect(schema.description).toBeUndefined()
    }
    for (const [status, { description }] of Object.entries(responses))
      expect([operationId, status, description]).toEqual([
        operationId,
        status,
        expect.stringMatching(sentence),
      ])
  }
})

test('openapi.json has each operation and parameter once, and every parameter of a path', async () => {
  const operations = operationsOf(await document())
  const ids = operations.map(({ operationId }) => operationId)
  expect(ids).toEqual([...new Set(ids)])
  for (const { path, parameters } of operations) {
    const names = parameters.map(parameter => `${parameter.in} ${parameter.name}`)
    expect(names).toEqual([...new Set(names)])
    const inPath = parameters.filter(parameter => parameter.in === 'path')
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
    expect(inPath.every(({ required }) => required)).toBe(true)
  }
})

test('openapi.json tells that a token may be needed, and an origin to change something', async () => {
  for (const { path, method, security, parameters } of operationsOf(await document())) {
    expect([path, security]).toEqual([path, path === '/healthz' ? [] : [{}, { token: [] }]])
    const origins = parameters.filter(({ name }) => name === 'Origin')
    expect([path, method, origins.length]).toEqual([path, method, method === 'get' ? 0 : 1])
  }
})
