import { byKey, peerOf } from './peer.ts'

interface Schema {
  readonly [keyword: string]: unknown
}

/** The structure as JSON Schema, for both compilers. */
export const jsonSchema = peerOf<Schema>('JSON Schema', {
  null: { type: 'null' },
  boolean: { type: 'boolean' },
  finite: { type: 'number' },
  integer: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  string: { type: 'string' },
  array: items => ({ type: 'array', items }),
  union: anyOf => ({ anyOf }),
  struct: fields => ({
    type: 'object',
    required: fields.filter(f => !f.optional).map(f => f.key),
    properties: byKey(fields, f => f.value),
  }),
})
