import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import { ArkErrors, type } from 'arktype'
import * as t from 'io-ts'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { annotate, Integer, JsonSchema, record, StandardSchema } from '@finetune-kit/codec'

const Point = record('Point', { x: Integer }, { label: t.string })
const Points = StandardSchema.of(t.array(Point))

/** A consumer written against the specification alone. */
const consume = <S extends StandardSchemaV1>(
  schema: S,
  value: unknown,
): StandardSchemaV1.InferOutput<S> | string => {
  const result = schema['~standard'].validate(value)
  if (result instanceof Promise) throw new TypeError('it should not wait')
  return result.issues === undefined
    ? result.value
    : result.issues.map(({ message, path = [] }) => `${path.map(String).join('.')}: ${message}`).join('\n')
}

describe('StandardSchema.of', () => {
  test('makes a codec a Standard Schema', () => {
    expect(Points['~standard']).toMatchObject({ version: 1, vendor: 'finetune-kit' })
    const value = [{ x: 1, more: true }]
    expect(consume(Points, value)).toBe(value)
    expect(consume(Points, [{ x: 1 }, { x: 1.5, label: null }])).toBe(
      '1.x: /1/x: expected integer, found 1.5\n1.label: /1/label: expected string, found null',
    )
  })

  test('writes both drafts, for input and output', () => {
    const Exact = t.exact(t.type({ a: t.string }))
    const { input, output } = StandardSchema.of(Exact)['~standard'].jsonSchema
    expect(input({ target: 'draft-2020-12' })).toEqual(JsonSchema.of(Exact))
    expect(output({ target: 'draft-07' })).toEqual(
      JsonSchema.of(Exact, { draft: 'draft-07', side: 'encode' }),
    )
    expect(() => input({ target: 'openapi-3.0' })).toThrow(
      '{| a: string |} has no JSON Schema for the target "openapi-3.0": ask for "draft-2020-12" or "draft-07"',
    )
  })

  test('does not throw where the value is bad, however deep', () => {
    interface Chain {
      readonly next: Chain | null
    }
    const Chain: t.Type<Chain> = t.recursion('Chain', () => t.type({ next: t.union([Chain, t.null]) }))
    let chain: unknown = 'end'
    for (let i = 0; i < 100_000; i++) chain = { next: chain }
    expect(consume(StandardSchema.of(Chain), chain)).toBeTypeOf('string')
  })
})

describe('record', () => {
  test('makes a Standard Schema, and annotate keeps it one with its own facts', () => {
    expect(consume(Point, { x: '1' })).toBe('x: /x: expected integer, found "1"')
    const Titled = annotate(Point, { title: 'A point' })
    expect(Titled['~standard'].jsonSchema.input({ target: 'draft-07' })['title']).toBe('A point')
    expect(Point['~standard'].jsonSchema.input({ target: 'draft-07' })['title']).toBe('Point')
    expect(Titled['~standard']).toBe(Titled['~standard'])
  })

  test('is taken by libraries that take any Standard Schema', () => {
    expect({ at: { x: 1 } }).toEqual({ at: expect.schemaMatching(Point) })
    expect({ at: { x: 1.5 } }).not.toEqual({ at: expect.schemaMatching(Point) })
    const Path = type({ name: 'string', at: Point })
    expect(Path({ name: 'a', at: { x: 1 } })).toEqual({ name: 'a', at: { x: 1 } })
    const errors = Path({ name: 'a', at: { x: 'one' } })
    expect(errors instanceof ArkErrors && errors.summary).toContain('expected integer, found "one"')
    const schema = z.fromJSONSchema(Point['~standard'].jsonSchema.input({ target: 'draft-2020-12' }))
    expect(schema.safeParse({ x: 1 }).success).toBe(true)
    expect(schema.safeParse({ x: 1.5 }).success).toBe(false)
  })

  test('says the types of its input and output', () => {
    interface Value {
      x: number
      label?: string
    }
    expectTypeOf<StandardSchemaV1.InferOutput<typeof Point>>().branded.toEqualTypeOf<Value>()
    expectTypeOf<StandardSchemaV1.InferInput<typeof Point>>().branded.toEqualTypeOf<Value>()
    expectTypeOf(Point).toExtend<StandardSchemaV1<unknown, Value>>()
    expectTypeOf(Point).toExtend<StandardJSONSchemaV1<unknown, Value>>()
    expectTypeOf(Points).toExtend<StandardSchemaV1<unknown, ReadonlyArray<Value>>>()
  })
})
