import type * as t from 'io-ts'
import type { FormatOfValues, RecordFormat, ValueFormat } from '../Format.ts'
import { recordSchema } from '../schema/RecordSchema.ts'
import { appendRecord } from './appendRecord.ts'
import { fileReader } from './fileReader.ts'
import { fileWriter } from './fileWriter.ts'
import { avroSchema } from './schema.ts'
import { singleObject } from './singleObject.ts'
import { avroFacts } from './facts.ts'

const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> & ValueFormat<A, Uint8Array> => {
  const structure = recordSchema(codec)
  const schema = avroSchema(structure)
  const append = appendRecord(codec, structure)
  return {
    ...singleObject(codec, { structure, schema, append }),
    reader: fileReader(codec, structure),
    writer: fileWriter(schema, append),
  }
}

/**
 * Apache Avro 1.11: object container files, and single objects for one value. The schema is derived
 * from the codec; unknown keys are JSON in the field `_unknown` of each record. A file is read with
 * the schema it was written with, and the codec judges the values: bytes and decimals are refused.
 * Blocks are written with deflate, or with Zstandard if `compact`; null and Snappy are read as
 * well.
 */
export const Avro: FormatOfValues<Uint8Array> = {
  ...avroFacts,
  of,
}
