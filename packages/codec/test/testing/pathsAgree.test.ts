import {
  Canonical,
  codeGeneration,
  decode,
  Eq,
  Integer,
  JsonValue,
  nullable,
  OpenEnum,
  record,
  Validator,
} from '@finetune-kit/codec'
import {
  absent,
  compileFieldComparison,
  compileObjectBuilder,
  compileRecordReader,
  Exactness,
} from '@finetune-kit/codec/compile'
import { Arbitrary, laws } from '@finetune-kit/codec/testing'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'

/** A new codec at each call, so that nothing compiled for another one is reused. */
const run = () =>
  record(
    'Run',
    { id: t.string, n: nullable(Integer), files: t.array(record('File', { id: t.string })) },
    { status: OpenEnum('Status', ['a', 'b']), rest: JsonValue },
  )

const values = fc.oneof(Arbitrary.of(run()), Arbitrary.mutants(run()))
const pairs = fc.oneof(Arbitrary.pairs(run()), fc.tuple(Arbitrary.of(run()), Arbitrary.of(run())))
const keys = ['id', 'n', '__proto__', 'status']

const reader = () => {
  const read = compileRecordReader<Iterator<unknown>>(
    keys.map(key => ({ key, read: cursor => cursor.next().value ?? absent })),
  )
  return (cells: ReadonlyArray<unknown>) => read(cells.values())
}

const comparison = () => {
  const compare = compileFieldComparison<Array<unknown>>(keys, {
    visit: (index, a, b, context) => context.push([index, a, b]) > 0,
    others: (_a, _b, context) => context.push('others') > 0,
    unlike: (_a, _b, context) => context.push('unlike') > 0,
  })
  return ([a, b]: readonly [unknown, unknown]) => {
    const context: Array<unknown> = []
    return [compare(a, b, context), context]
  }
}

describe('the fast and the explaining path answer alike', () => {
  test('of decode', () => laws.pathsAgree(() => decode(run()), values))
  test('of Validator.is', () => laws.pathsAgree(() => Validator.of(run()).is, values))
  test('of Eq', () => {
    laws.pathsAgree(() => {
      const { equals } = Eq.of(run())
      return ([a, b]) => equals(a, b)
    }, pairs)
  })
  test('of Canonical.stringify', () => laws.pathsAgree(() => Canonical.stringify, values))
  test('of compileObjectBuilder', () =>
    laws.pathsAgree(() => compileObjectBuilder(keys), fc.array(fc.integer(), { minLength: 4, maxLength: 4 })))
  test('of compileRecordReader', () => {
    laws.pathsAgree(reader, fc.array(fc.integer(), { maxLength: 4 }), { runs: { numRuns: 300 } })
  })
  test('of compileFieldComparison', () => {
    laws.pathsAgree(comparison, pairs)
  })
})

const isCertain = () => Exactness.of(record('Point', { x: Integer })).isExact({ x: 1 })

test('Exactness is certain of nothing where code may not be generated', () => {
  expect(isCertain()).toBe(true)
  codeGeneration(false)
  try {
    expect(isCertain()).toBe(false)
  } finally {
    codeGeneration(true)
  }
})

test('pathsAgree tells -0 from 0', () => laws.pathsAgree(() => n => Object.is(n, -0), fc.constantFrom(0, -0)))

test('pathsAgree finds paths that differ', () => {
  let calls = 0
  expect(() => laws.pathsAgree(() => () => calls++ < 100, fc.nat())).toThrow('the paths differ on')
})
