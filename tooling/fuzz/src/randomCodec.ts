import { dictionary, Finite, Integer, nullable, OpenEnum, record } from '@finetune-kit/codec'
import * as fc from 'fast-check'
import * as t from 'io-ts'

/** A codec as data, so that a failure can print it and fast-check can shrink it. */
export type Spec =
  | { readonly type: 'string' | 'integer' | 'finite' | 'boolean' | 'null' | 'unknown' | 'enum' }
  | { readonly type: 'literal'; readonly value: string | number | boolean }
  | { readonly type: 'nullable' | 'array' | 'dictionary'; readonly of: Spec }
  | { readonly type: 'tuple' | 'union'; readonly of: ReadonlyArray<Spec> }
  | { readonly type: 'tagged'; readonly of: ReadonlyArray<RecordSpec> }
  | RecordSpec

export interface RecordSpec {
  readonly type: 'record'
  readonly required: Readonly<Record<string, Spec>>
  readonly optional: Readonly<Record<string, Spec>>
}

// no name that every object inherits: io-ts takes `constructor` for there if it is not
const keys = ['id', 'object', 'a', 'b', 'n', 'é', '0', 'a b', 'tag', 'value', 'data', '*', '']

const fields = (value: fc.Arbitrary<Spec>, maxKeys: number): fc.Arbitrary<Record<string, Spec>> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { selector: ([key]) => key, maxLength: maxKeys })
    .map(entries => Object.fromEntries(entries))

const leaf: fc.Arbitrary<Spec> = fc.oneof(
  fc.constantFrom<Spec>(
    { type: 'string' },
    { type: 'integer' },
    { type: 'finite' },
    { type: 'boolean' },
    { type: 'null' },
    { type: 'unknown' },
    { type: 'enum' },
  ),
  fc.constantFrom('a', 'é', 0, 1.5, true).map((value): Spec => ({ type: 'literal', value })),
)

const specs = fc.letrec<{ any: Spec; record: RecordSpec }>(tie => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('record'),
    fc
      .tuple(fc.constantFrom('nullable' as const, 'array' as const, 'dictionary' as const), tie('any'))
      .map(([type, of]): Spec => ({ type, of })),
    fc
      .tuple(
        fc.constantFrom('tuple' as const, 'union' as const),
        fc.array(tie('any'), { minLength: 2, maxLength: 3 }),
      )
      .map(([type, of]): Spec => ({ type, of: type === 'tuple' ? of.map(present) : of })),
    fc.array(tie('record'), { minLength: 2, maxLength: 3 }).map((of): Spec => ({ type: 'tagged', of })),
  ),
  record: fc
    .tuple(fields(tie('any').map(present), 4), fields(tie('any'), 4))
    .map(([required, optional]): RecordSpec => ({ type: 'record', required, optional })),
}))

/**
 * A member of a tuple, or a required field. Where it may be undefined io-ts decodes a value without
 * it, which its `is` refuses, and a union takes that member for a value of a later one.
 */
function present(spec: Spec): Spec {
  return mayBeUndefined(spec) ? { type: 'string' } : spec
}

const mayBeUndefined = (spec: Spec): boolean =>
  spec.type === 'unknown' ||
  (spec.type === 'nullable' && mayBeUndefined(spec.of)) ||
  (spec.type === 'union' && spec.of.some(mayBeUndefined))

/** Descriptions of records, as most codecs are. */
export const recordSpecs: fc.Arbitrary<RecordSpec> = specs.record

/** Descriptions of any codec. */
export const anySpecs: fc.Arbitrary<Spec> = fc.oneof({ weight: 3, arbitrary: specs.record }, specs.any)

/** The codec of a description. Each record has a name of its own, as Avro asks for. */
export const codecOf = (spec: Spec, name = 'R'): t.Type<unknown> => build(spec, name)

const build = (spec: Spec, name: string): t.Mixed => {
  switch (spec.type) {
    case 'string':
      return t.string
    case 'integer':
      return Integer
    case 'finite':
      return Finite
    case 'boolean':
      return t.boolean
    case 'null':
      return t.null
    case 'unknown':
      return t.unknown
    case 'enum':
      return OpenEnum(`${name}E`, ['a', 'b'])
    case 'literal':
      return t.literal(spec.value)
    case 'nullable':
      return nullable(build(spec.of, name))
    case 'array':
      return t.array(build(spec.of, name))
    case 'dictionary':
      return dictionary(build(spec.of, name))
    case 'tuple':
      return t.tuple(membersOf(spec.of, name) as [t.Mixed, t.Mixed])
    case 'union':
      return t.union(membersOf(spec.of, name) as [t.Mixed, t.Mixed])
    case 'tagged':
      return t.union(
        spec.of.map((member, i) =>
          recordOf(member, `${name}T${i}`, { tag: t.literal(`t${i}`) }),
        ) as unknown as [t.Mixed, t.Mixed],
      )
    default:
      return recordOf(spec, name, {})
  }
}

const membersOf = (specsOf: ReadonlyArray<Spec>, name: string): ReadonlyArray<t.Mixed> =>
  specsOf.map((member, i) => build(member, `${name}M${i}`))

const recordOf = ({ required, optional }: RecordSpec, name: string, more: t.Props): t.Mixed => {
  const props = (of: Readonly<Record<string, Spec>>, mark: string): t.Props =>
    Object.fromEntries(
      Object.entries(of).map(([key, spec], i) => [key, build(spec, `${name}${mark}${i}`)] as const),
    )
  const always = { ...props(required, 'F'), ...more }
  const maybe = Object.fromEntries(
    Object.entries(props(optional, 'O')).filter(([key]) => !Object.hasOwn(always, key)),
  )
  return record(name, always, maybe)
}
