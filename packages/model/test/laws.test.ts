import { annotate, decode } from '@finetune-kit/codec'
import { Arbitrary, laws } from '@finetune-kit/codec/testing'
import * as model from '@finetune-kit/model'
import * as training from '@finetune-kit/model/training'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'

/** Every codec that the package exports, so that a new one is tried without a word here. */
const codecs = Object.entries<unknown>({ ...model, ...training }).filter(
  (entry): entry is [string, t.Any] => entry[1] instanceof t.Type,
)

const runs = { numRuns: 10 }
const strict = { strict: true }
const ajv = {
  '2020-12': (schema: object) => new Ajv2020(strict).compile(schema),
  'draft-07': (schema: object) => new Ajv(strict).compile(schema),
}

test('the barrel exports codecs', () => {
  expect(codecs.map(([name]) => name)).toEqual(expect.arrayContaining(['FineTune', 'FineTuneSnapshot']))
})

// requests leave out their nulls when encoded: the service refuses them
const leavesOut = new Set(['CreateFineTuneRequest', 'CreateFineTuningJobRequest'])

describe.each(codecs)('%s', (name, codec) => {
  test('Arbitrary.of generates what the codec accepts', () => laws.generates(codec, { runs }))
  test('is agrees with decode', () => laws.guardAgrees(codec, { runs }))
  test('encoding settles', () => laws.encodeSettles(codec, { runs }))
  if (!leavesOut.has(name)) test('decode undoes encode', () => laws.encodeDecodes(codec, { runs }))
  test('Eq.of is an equivalence', () => laws.equalityHolds(codec, { runs }))
  test('Validator.of agrees with io-ts', () => laws.validatorAgrees(codec, { runs }))
  test('decode collects the issues of io-ts', () =>
    // a copy has its own collector
    laws.pathsAgree(() => decode(annotate(codec, {})), Arbitrary.mutants(codec, { notJson: true }), {
      runs: { numRuns: 40 },
    }))
  test.each(['2020-12', 'draft-07'] as const)('JsonSchema.of agrees with decode, by ajv for %s', draft =>
    laws.schemaAgrees(codec, { draft, runs, compile: ajv[draft] }),
  )
})
