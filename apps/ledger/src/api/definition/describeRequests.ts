import type * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import type * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as Schema from 'effect/Schema'

type Groups = Readonly<Record<string, HttpApiGroup.Constraint>>
type Json = Readonly<Record<string, unknown>>

interface Operation {
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly schema: Json }>
  readonly responses: Json
}

const anyError = {
  description: 'Any other error',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } } },
}

/**
 * Completes the operations of an OpenAPI document: parameters that are numbers are described as
 * such, where effect describes the texts that they are sent as, and any endpoint may answer with
 * an error of its server, as of a database that is locked.
 */
export const describeRequests =
  (groups: Groups) =>
  (document: Json): Record<string, unknown> => {
    const numbers = numbersOf(groups)
    const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>
    const described = Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [
          method,
          {
            ...operation,
            parameters: operation.parameters?.map(parameter => ({
              ...parameter,
              schema: numbers.get(nameOf(method, path, parameter.name)) ?? parameter.schema,
            })),
            responses: { ...operation.responses, default: anyError },
          },
        ]),
      ),
    ])
    return { ...document, paths: Object.fromEntries(described) }
  }

const nameOf = (method: string, path: string, parameter: string): string =>
  `${method.toLowerCase()} ${path} ${parameter}`

/** The schemas of the parameters that are numbers. */
const numbersOf = (groups: Groups): ReadonlyMap<string, Json> => {
  const found = new Map<string, Json>()
  for (const group of Object.values(groups))
    for (const { method, path, params, query } of endpointsOf(group))
      for (const [name, schema] of [...propertiesOf(params), ...propertiesOf(query)]) {
        const number = [schema, ...((schema['anyOf'] as ReadonlyArray<Json>) ?? [])].find(isNumber)
        if (number !== undefined) found.set(nameOf(method, path.replaceAll(/:(\w+)/g, '{$1}'), name), number)
      }
  return found
}

const endpointsOf = (group: HttpApiGroup.Constraint) =>
  Object.values(group.endpoints) as unknown as ReadonlyArray<HttpApiEndpoint.Top>

const propertiesOf = (schema: Schema.Top | undefined): ReadonlyArray<readonly [string, Json]> => {
  if (schema === undefined) return []
  const { properties } = Schema.toJsonSchemaDocument(Schema.toType(schema)).schema
  return Object.entries((properties ?? {}) as Readonly<Record<string, Json>>)
}

const isNumber = ({ type }: Json): boolean => type === 'integer' || type === 'number'
