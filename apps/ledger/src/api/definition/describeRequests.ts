import type * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import type * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as Schema from 'effect/Schema'

type Groups = Readonly<Record<string, HttpApiGroup.Constraint>>
type Json = Readonly<Record<string, unknown>>

interface Parameter {
  readonly name: string
  readonly schema: Json
}

interface Operation {
  readonly summary?: string
  readonly parameters?: ReadonlyArray<Parameter>
  readonly responses: Readonly<Record<string, Json>>
}

const anyError = {
  description: 'Any other error: without the token, from another site, or of the server or its database.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } } },
}

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token that the server was started with, if it was started with one.',
  },
}

const origin = {
  name: 'Origin',
  in: 'header',
  required: true,
  description: 'The address of this server, such as http://127.0.0.1:4321.',
  schema: { type: 'string' },
}

/** Methods that change nothing. */
const safe = new Set(['get', 'head'])

/**
 * Completes the operations of an OpenAPI document. Parameters are what they mean, such as numbers,
 * where effect describes the texts that they are sent as; a response that is no error is what
 * its endpoint says; any endpoint may answer with an error of its server, as of a database that is
 * locked; and a token is asked for everywhere but by a probe.
 */
export const describeRequests =
  (groups: Groups) =>
  (document: Json): Record<string, unknown> => {
    const described = parametersOf(groups)
    const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>
    const complete = (path: string, method: string, operation: Operation) => ({
      ...operation,
      parameters: [
        ...(operation.parameters ?? []).map(described(method, path)),
        ...(safe.has(method) ? [] : [origin]),
      ],
      security: path === '/healthz' ? [] : [{}, { token: [] }],
      responses: {
        ...Object.fromEntries(
          Object.entries(operation.responses).map(([status, response]) => [
            status,
            status.startsWith('2') ? { ...response, description: operation.summary } : response,
          ]),
        ),
        default: anyError,
      },
    })
    return {
      ...document,
      components: { ...(document['components'] as Json), securitySchemes },
      paths: Object.fromEntries(
        Object.entries(paths).map(([path, methods]) => [
          path,
          Object.fromEntries(
            Object.entries(methods).map(([method, operation]) => [method, complete(path, method, operation)]),
          ),
        ]),
      ),
    }
  }

const nameOf = (method: string, path: string, parameter: string): string =>
  `${method.toLowerCase()} ${path} ${parameter}`

/** Describes a parameter as its endpoint declares it. */
const parametersOf = (groups: Groups) => {
  const found = new Map<string, Json>()
  for (const group of Object.values(groups))
    for (const { method, path, params, query } of endpointsOf(group))
      for (const [name, schema] of [...propertiesOf(params), ...propertiesOf(query)])
        found.set(nameOf(method, path.replaceAll(/:(\w+)/g, '{$1}'), name), schema)
  return (method: string, path: string) => (parameter: Parameter) => {
    const { description, ...schema } = found.get(nameOf(method, path, parameter.name)) ?? parameter.schema
    return { ...parameter, description, schema }
  }
}

const endpointsOf = (group: HttpApiGroup.Constraint) =>
  Object.values(group.endpoints) as unknown as ReadonlyArray<HttpApiEndpoint.Top>

/** The schemas of properties, of which that of one that may be left out has null as well. */
const propertiesOf = (schema: Schema.Top | undefined): ReadonlyArray<readonly [string, Json]> => {
  if (schema === undefined) return []
  const { properties } = Schema.toJsonSchemaDocument(Schema.toType(schema)).schema
  return Object.entries((properties ?? {}) as Readonly<Record<string, Json>>).map(([name, property]) => [
    name,
    joined((property['anyOf'] as ReadonlyArray<Json> | undefined)?.[0] ?? property),
  ])
}

const joined = ({ allOf = [], ...schema }: Json): Json =>
  Object.assign(schema, ...(allOf as ReadonlyArray<Json>)) as Json
