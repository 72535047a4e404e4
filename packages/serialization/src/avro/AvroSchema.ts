import type * as t from 'io-ts'
import { recordSchema } from '../schema/RecordSchema.ts'
import { avroSchema, type Schema } from './schema.ts'

/**
 * Returns the Avro schema of a codec's records, as JSON: the one that `Avro` writes into a file.
 *
 * @example
 * const schema = AvroSchema.of(t.type({ id: t.string }))
 * JSON.stringify(schema).includes('{"name":"id","type":"string"}') // => true
 */
const of = (codec: t.Any): Schema => avroSchema(recordSchema(codec))

export const AvroSchema = { of } as const
