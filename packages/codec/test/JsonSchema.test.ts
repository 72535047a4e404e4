import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { annotate, Integer, JsonSchema, nullable, record } from '@finetune-kit/codec'
import { Tree } from './samples.ts'

const Bytes = annotate(Integer, { title: 'Bytes', description: 'Its size.', unit: 'bytes', source: 'API 1' })
const File = annotate(
  record('File', { bytes: Bytes }, { level: annotate(t.string, { known: ['info', 'warn'] }) }),
  {
    description: 'A file.',
    source: 'API 1',
  },
)
const Run = record('Run', { in: t.array(File), out: t.array(File) }, { best: nullable(File) })
const integer = { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }

test('JsonSchema.of says everything that is known of a record, and shares what is used twice', () => {
  expect(JsonSchema.of(Run)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Run',
    type: 'object',
    properties: {
      in: { type: 'array', items: { $ref: '#/$defs/File' } },
      out: { type: 'array', items: { $ref: '#/$defs/File' } },
      best: { anyOf: [{ $ref: '#/$defs/File' }, { type: 'null' }] },
    },
    required: ['in', 'out'],
    $defs: {
      File: {
        title: 'File',
        description: 'A file.',
        $comment: 'Source: API 1',
        type: 'object',
        properties: {
          bytes: { title: 'Bytes', description: 'Its size. Unit: bytes.', ...integer },
          level: { type: 'string', examples: ['info', 'warn'] },
        },
        required: ['bytes'],
      },
    },
  })
})

test('JsonSchema.of writes draft-07 in its own words', () => {
  expect(JsonSchema.of(Tree, { draft: 'draft-07' })).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    allOf: [{ $ref: '#/definitions/Tree' }],
    definitions: {
      Tree: {
        type: 'object',
        properties: {
          label: { type: 'string' },
          children: { type: 'array', items: { $ref: '#/definitions/Tree' } },
        },
        required: ['label', 'children'],
      },
    },
  })
  expect(JsonSchema.of(t.tuple([t.string, t.null]), { draft: 'draft-07' })).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'array',
    items: [{ type: 'string' }, { type: 'null' }],
    additionalItems: false,
    minItems: 2,
  })
})

test('JsonSchema.of tells input from output where a codec strips keys', () => {
  const Exact = t.exact(t.type({ a: t.string }))
  expect(JsonSchema.of(Exact)).not.toHaveProperty('additionalProperties')
  expect(JsonSchema.of(Exact, { side: 'encode' })).toHaveProperty('additionalProperties', false)
})

test('JsonSchema.of names a refinement that states no constraints', () => {
  const Even = t.refinement(Integer, n => n % 2 === 0, 'Even')
  expect(JsonSchema.of(Even)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...integer,
    $comment: 'Refined: Even',
  })
})

test('JsonSchema.of knows the integers of io-ts', () => {
  expect(JsonSchema.of(t.Int)['type']).toBe('integer')
  expect(JsonSchema.of(t.Integer)['type']).toBe('integer')
  expect(JsonSchema.of(annotate(t.Int, { title: 'Age' }))).toMatchObject({ title: 'Age', type: 'integer' })
})

test('JsonSchema.of keeps the tighter of two constraints', () => {
  const Positive = annotate(
    t.refinement(Integer, n => n > 0, 'Positive'),
    { constraints: { minimum: 1 } },
  )
  expect(JsonSchema.of(Positive)).toMatchObject({ ...integer, minimum: 1 })
})

test('JsonSchema.of tells apart two records of one name', () => {
  const Other = record('File', { path: t.string })
  const schema = JsonSchema.of(t.tuple([File, File, Other, Other]))
  expect(schema['prefixItems']).toEqual(
    ['File', 'File', 'File2', 'File2'].map(name => ({ $ref: `#/$defs/${name}` })),
  )
  expect(Object.keys(schema['$defs'] as object)).toEqual(['File', 'File2'])
})

test('JsonSchema.of refuses a codec whose structure is not known', () => {
  const Custom = new t.Type('Custom', t.string.is, (u, c) => t.string.validate(u, c), t.identity)
  expect(() => JsonSchema.of(Custom)).toThrow(
    'JsonSchema cannot be derived from Custom: its structure is not known. ' +
      'Write it with the combinators of io-ts or of @finetune-kit/codec, as a refinement of a codec that has a structure.',
  )
})
