import { expect, test } from 'vitest'
import { ErrorBody } from '../../src/api/ErrorBody.ts'
import { version } from '../../src/server/version.ts'
import { fineTune, job, sampleServer } from './sampleServer.ts'

const { raw } = sampleServer()

interface Operation {
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly schema: object }>
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

test.each([
  ['/api/runs/ft-none', 404, 'run "ft-none": not in this database. Import it first.'],
  ['/api/runs/__proto__', 404, 'run "__proto__": not in this database. Import it first.'],
  [`/api/runs/${job}/snapshots/99`, 404, `run "${job}": no snapshot 99. They are 0 to 4.`],
  [`/api/runs/${job}/changes/0/5`, 404, `run "${job}": no snapshot 5. They are 0 to 4.`],
  ['/api/other', 404, 'No such endpoint. They are listed at /openapi.json.'],
  ['/other', 404, 'No such page. The ledger is at /, its API at /openapi.json.'],
  ['/api/compare?run=ft-none', 404, 'run "ft-none": not in this database. Import it first.'],
  [
    `/api/compare?run=${job}&baseline=${fineTune}`,
    400,
    'baseline: not one of the compared runs. Pass it as run too.',
  ],
  ['/api/report?run=ft-none', 404, 'run "ft-none": not in this database. Import it first.'],
  ['/api/report', 400, 'run: missing. Pass this parameter.'],
  ['/api/runs?after=x', 400, 'after: not a cursor. Pass the cursor that a page returned.'],
  ['/api/runs?limit=0', 400, 'limit: expected a value between 1 and 500, found "0".'],
  ['/api/runs?limit=x', 400, 'limit: expected a number, found "x".'],
  ['/api/runs?limit=1&limit=2', 400, 'limit: passed 2 times. Pass it once.'],
  ['/api/runs?order=up', 400, 'order: expected "ascending", "descending", found "up".'],
  ['/api/runs?sort=__proto__', 400, expect.stringMatching(/^sort: .*"id"/)],
  [`/api/runs/${job}/changes/0/x`, 400, 'to: expected a number.'],
  ['/api/compare', 400, 'run: missing. Pass this parameter.'],
  ['/api/changes?after=x', 400, expect.stringMatching(/^after: /)],
  ['/api/changes?after=-1', 400, expect.stringMatching(/^after: .*0/)],
  ['/api/changes?from=1', 400, 'from: no parameter of this endpoint. Pass one of after.'],
  [
    '/api/runs?kind=job&stauts=failed',
    400,
    expect.stringMatching(/^stauts: no parameter of this endpoint\. Pass one of .*\bstatus, .*\blimit\.$/),
  ],
  ['/api/facets?sort=id', 400, expect.stringMatching(/^sort: no parameter of this endpoint\. Pass one of /)],
  [`/api/runs/${job}?full=true`, 400, 'full: no parameter of this endpoint. Leave it out.'],
  ['/api/runs?__proto__=1', 400, expect.stringMatching(/^__proto__: no parameter /)],
])('the API refuses %s in one sentence', async (path, status, message) => {
  const refused = await raw(path)
  expect([refused.status, (refused.body as ErrorBody).error.message]).toEqual([status, message])
  expect(ErrorBody.is(refused.body)).toBe(true)
})

test('the OpenAPI document describes every answer by its codec', async () => {
  const { body } = await raw('/openapi.json')
  const document = body as {
    readonly info: { readonly version: string }
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>
    readonly components: { readonly schemas: Readonly<Record<string, { readonly type?: string }>> }
  }
  expect(document.info.version).toBe(version)
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/api/runs',
      '/api/runs/{key}',
      '/api/compare',
      '/api/changes',
      '/api/watches',
      '/healthz',
    ]),
  )
  for (const [path, methods] of Object.entries(document.paths))
    for (const { responses } of Object.values(methods))
      expect([path, Object.keys(responses)]).toEqual([path, expect.arrayContaining(['400'])])
  const text = JSON.stringify(document)
  const named = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"/]+)/g)].map(([, name]) => name ?? '')
  expect(named.length).toBeGreaterThan(5)
  for (const name of named)
    expect([name, document.components.schemas[name]]).toEqual([name, expect.any(Object)])
  for (const [name, schema] of Object.entries(document.components.schemas))
    expect([name, schema.type]).toEqual([name, 'object'])
})

test('the OpenAPI document tells a client generator numbers, errors of the server and types of files', async () => {
  const { body } = await raw('/openapi.json')
  const { paths } = body as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  }
  const schemaOf = (path: string, name: string, method = 'get') =>
    paths[path]?.[method]?.parameters?.find(parameter => parameter.name === name)?.schema
  expect(schemaOf('/api/runs', 'limit')).toEqual({ type: 'integer', minimum: 1, maximum: 500 })
  expect(schemaOf('/api/runs', 'createdFrom')).toEqual({ type: 'number' })
  expect(schemaOf('/api/runs', 'q')).toEqual({ type: 'string' })
  expect(schemaOf('/api/runs/{key}/changes/{from}/{to}', 'to')).toMatchObject({ type: 'integer', minimum: 0 })
  expect(schemaOf('/api/watches/{id}', 'id', 'patch')).toMatchObject({ type: 'integer', minimum: 1 })
  expect(JSON.stringify(paths)).not.toContain('"pattern"')
  const operations = Object.values(paths).flatMap(methods => Object.values(methods))
  for (const { responses } of operations)
    expect(responses['default']?.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } },
    })
  expect(Object.keys(paths['/api/export']?.['get']?.responses['200']?.content ?? {})).toEqual(['*/*'])
})

test('openapi.json has each event of a stream, with its value', async () => {
  const { body } = await raw('/openapi.json')
  const { paths } = body as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  }
  const eventsOf = (path: string) => {
    const found = paths[path]?.['get']?.responses['200']?.content?.['text/event-stream']
    const { schema } = found as { readonly schema: { readonly anyOf: ReadonlyArray<EventSchema> } }
    return schema.anyOf.map(({ properties: { event, data } }) => [event.enum[0], data.$ref.split('/').at(-1)])
  }
  expect(eventsOf('/api/changes')).toEqual([
    ['changes', 'ChangeNotice'],
    ['watches', 'WatchNotice'],
    ['heartbeat', 'Heartbeat'],
  ])
  expect(eventsOf('/api/imports/{id}/events')).toEqual([
    ['import', 'ImportStatus'],
    ['heartbeat', 'Heartbeat'],
  ])
})

interface EventSchema {
  readonly properties: {
    readonly event: { readonly enum: ReadonlyArray<string> }
    readonly data: { readonly $ref: string }
  }
}

test('healthz says that the server and its database answer', async () => {
  expect(await raw('/healthz')).toEqual({ status: 200, body: { status: 'ok' } })
})
