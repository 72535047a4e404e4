import avsc from 'avsc'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, fingerprint, nameOf, schemaOf } from '../../src/avro/schema.ts'
import { structureOf } from '../../src/internal/structure.ts'
import { FineTuneSnapshot } from '@finetune-kit/model'

const hex = (text: string) => Buffer.from(fingerprint(text).toReversed()).toString('hex')

test('fingerprint is CRC-64-AVRO', () => {
  expect(hex('"null"')).toBe('63dd24e7cc258f8a')
  expect(hex('"int"')).toBe('7275d51a3f395c8f')
})

test('canonical is the form that avsc makes', () => {
  const schema = schemaOf(structureOf(FineTuneSnapshot))
  expect(JSON.parse(canonical(schema))).toEqual(avsc.Type.forSchema(schema as avsc.Schema).schema())
})

test('nameOf gives names of Avro, never the same for two keys', () => {
  const part = fc.constantFrom('_', 'x', '2', 'd', '-', '5f', 'unknown', 'proto', '_', 'é')
  const key = fc.array(part, { maxLength: 6 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(nameOf(a)).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/)
      if (a !== b) expect(nameOf(a)).not.toBe(nameOf(b))
    }),
    { numRuns: 1000 },
  )
  expect(['', '_unknown', '__proto__', 'n_epochs', 'a-b', '1'].map(nameOf)).toEqual([
    '_x_',
    '_x5f_unknown',
    '_x5f__proto__',
    'n_epochs',
    'a_x2d_b',
    '_x31_',
  ])
})
