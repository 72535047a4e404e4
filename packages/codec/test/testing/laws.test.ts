import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { annotate, Integer } from '@finetune-kit/codec'
import { laws } from '@finetune-kit/codec/testing'
import { samples } from '../samples.ts'

const strict = { strict: true }
const ajv = {
  '2020-12': (schema: object) => new Ajv2020(strict).compile(schema),
  'draft-07': (schema: object) => new Ajv(strict).compile(schema),
}

// where a field has to be encoded, io-ts's own `type` copies by assignment and loses an own
// `__proto__`
const copiedByIoTs = new Set(['Tree'])

describe.each(Object.entries(samples))('%s', (name, codec) => {
  test('Arbitrary.of generates what the codec accepts', () => laws.generates(codec, { loneSurrogates: true }))
  test('is agrees with decode', () => laws.guardAgrees(codec))
  test('encoding settles', () => laws.encodeSettles(codec, { unknownKeys: !copiedByIoTs.has(name) }))
  test('decode undoes encode', () => laws.encodeDecodes(codec, { unknownKeys: !copiedByIoTs.has(name) }))
  test('Eq.of is an equivalence', () => laws.equalityHolds(codec))
  test('Validator.of agrees with io-ts', () => laws.validatorAgrees(codec))
  test.each(['2020-12', 'draft-07'] as const)('JsonSchema.of agrees with decode, by ajv for %s', draft =>
    laws.schemaAgrees(codec, { draft, compile: ajv[draft] }),
  )
})

describe('laws', () => {
  const lossy = Object.assign(annotate(t.string, {}), { encode: (text: string) => text.trim() })
  const growing = Object.assign(annotate(t.string, {}), { encode: (text: string) => `${text}!` })
  // a fixed seed: what a law has to find is found each time
  const quickly = { runs: { seed: 1, endOnFailure: true } }
  const misstated = annotate(
    t.refinement(Integer, n => n >= 1, 'Positive'),
    { constraints: { minimum: 2 ** 40 } },
  )

  test('find an encoder that loses something, or never settles', () => {
    expect(() => laws.encodeDecodes(lossy, quickly)).toThrow('Property failed')
    expect(() => laws.encodeSettles(lossy)).not.toThrow()
    expect(() => laws.encodeSettles(growing, quickly)).toThrow('Property failed')
  })

  test('find constraints that do not say what the refinement does', () => {
    const compile = ajv['2020-12']
    expect(() => laws.schemaAgrees(misstated, { compile, runs: { ...quickly.runs, numRuns: 1000 } })).toThrow(
      'Property failed',
    )
    expect(() => laws.schemaAgrees(Integer, { compile: () => () => true, ...quickly })).toThrow(
      'Property failed',
    )
  })
})
