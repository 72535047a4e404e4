import * as Schema from 'effect/Schema'

/** The number of a connection, a watch or an import in a URL. */
export const Id = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }))

/** The number of what an endpoint is about. */
export const idOf = (name: string) => ({ id: Id.annotate({ description: `The \`id\` of the ${name}.` }) })
