import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import * as t from 'io-ts'
import { decode } from './decode.ts'
import type { Invalid } from './DecodeError.ts'
import * as JsonSchema from './JsonSchema.ts'
import { standardIssuesOf } from './toStandardIssues.ts'

/**
 * The `~standard` property of a codec: Standard Schema v1 and Standard JSON Schema v1. `validate`
 * is synchronous.
 */
export interface Props<Input, Output>
  extends StandardSchemaV1.Props<Input, Output>,
    StandardJSONSchemaV1.Props<Input, Output> {
  readonly validate: (value: unknown) => StandardSchemaV1.Result<Output>
}

/**
 * The interface that Standard Schema consumers take: forms, routers, environment checks, test
 * matchers.
 */
export interface StandardSchema<Input, Output = Input> {
  readonly '~standard': Props<Input, Output>
}

/**
 * Any codec as a Standard Schema, with the issues of `decode`. Codecs made by `record` are Standard
 * Schemas already. Input is the encoded side, output the decoded side.
 *
 * @example
 * const result = StandardSchema.of(t.array(Integer))['~standard'].validate([1, 'two'])
 * result // => { issues: [{ message: '/1: expected integer, found "two"', path: [1] }] }
 */
export const of = <A, O, I>(codec: t.Type<A, O, I>): StandardSchema<O, A> => ({ '~standard': propsOf(codec) })

/**
 * The codec of a record, which is a Standard Schema; its annotated copies are their own. Accessors
 * are on the prototype: a property of each codec would make every copy slow, at load.
 */
export class RecordType extends t.IntersectionType<Array<t.Any>> {
  declare private readonly parts: () => Array<t.Any>

  /** `parts` returns the types of the intersection, the same at each call. */
  constructor(
    name: string,
    is: t.Is<unknown>,
    validate: t.Validate<unknown, unknown>,
    encode: t.Encode<unknown, unknown>,
    parts: () => ReadonlyArray<t.Any>,
  ) {
    super(name, is as never, validate as never, encode as never, parts as never)
  }

  get '~standard'(): Props<unknown, unknown> {
    return propsOf(this)
  }
}

// io-ts's constructor assigns `types`; TypeScript lets no accessor take the place of its property
Object.defineProperty(RecordType.prototype, 'types', {
  get(this: { readonly parts: () => ReadonlyArray<t.Any> }) {
    return this.parts()
  },
  set(this: { parts: unknown }, parts) {
    this.parts = parts
  },
})

const known = new WeakMap<t.Any, Props<unknown, unknown>>()

const propsOf = <A, O, I>(codec: t.Type<A, O, I>): Props<O, A> => {
  let props = known.get(codec)
  if (props === undefined) known.set(codec, (props = make(codec)))
  return props as Props<O, A>
}

const make = (codec: t.Any): Props<unknown, unknown> => {
  const decoder = decode(codec)
  const write = (side: 'decode' | 'encode') => (options: StandardJSONSchemaV1.Options) => ({
    ...JsonSchema.of(codec, { draft: draftOf(options.target, codec), side }),
  })
  return {
    version: 1,
    vendor: 'finetune-kit',
    validate: value => {
      const result = decoder(value)
      if (result._tag === 'Right') return { value: result.right }
      // only a text can be malformed; without that case, bundles of records leave `draw` out
      return { issues: standardIssuesOf(result.left as Invalid) }
    },
    jsonSchema: { input: write('decode'), output: write('encode') },
  }
}

/** "Libraries should throw if they don't support a specified target." (StandardJSONSchemaV1) */
const draftOf = (target: StandardJSONSchemaV1.Target, codec: t.Any) => {
  if (target === 'draft-2020-12') return '2020-12'
  if (target === 'draft-07') return 'draft-07'
  throw new Error(
    `${codec.name} has no JSON Schema for the target "${target}": ask for "draft-2020-12" or "draft-07"`,
  )
}
