import avsc from 'avsc'
import { expect, test } from 'vitest'
import { fingerprint } from '../../src/avro/fingerprint.ts'
import { avroSchema, canonicalForm } from '../../src/avro/schema.ts'
import { recordSchema } from '../../src/schema/RecordSchema.ts'
import { FineTuneSnapshot } from '@finetune-kit/model'

const hex = (text: string) => Buffer.from(fingerprint(text).toReversed()).toString('hex')

test('fingerprint is CRC-64-AVRO', () => {
  expect(hex('"null"')).toBe('63dd24e7cc258f8a')
  expect(hex('"int"')).toBe('7275d51a3f395c8f')
})

test('canonicalForm is the form that avsc makes', () => {
  const schema = avroSchema(recordSchema(FineTuneSnapshot))
  expect(JSON.parse(canonicalForm(schema))).toEqual(avsc.Type.forSchema(schema as avsc.Schema).schema())
})
