import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import type * as t from 'io-ts'
import { decode } from './decode.ts'
import * as JsonSchema from './JsonSchema.ts'
import { toStandardIssues } from './toStandardIssues.ts'

/** What a codec says under `~standard`: Standard Schema v1 and Standard JSON Schema v1 at once. `validate` does not wait. */
export interface Props<Input, Output>
  extends StandardSchemaV1.Props<Input, Output>,
    StandardJSONSchemaV1.Props<Input, Output> {
  readonly validate: (value: unknown) => StandardSchemaV1.Result<Output>
}

/** What any library takes that knows Standard Schema: forms, routers, environment checks, test matchers. */
export interface StandardSchema<Input, Output = Input> {
  readonly '~standard': Props<Input, Output>
}

/**
 * Any codec as a Standard Schema, with issues as `decode` tells them. Codecs made by `record` are Standard Schemas
 * already. Input is what encoding gives, output what decoding gives.
 *
 * @example
 * const result = StandardSchema.of(t.array(Integer))['~standard'].validate([1, 'two'])
 * result // => { issues: [{ message: 'expected integer, found "two"', path: [1] }] }
 */
export const of = <A, O, I>(codec: t.Type<A, O, I>): StandardSchema<O, A> => ({ '~standard': propsOf(codec) })

/** The same codec, which says `~standard` of itself; so do its copies, each with its own facts. */
export const withStandardSchema = <C extends t.Any>(codec: C): C =>
  Object.defineProperty(codec, '~standard', {
    configurable: true,
    get(this: t.Any) {
      return propsOf(this)
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
      return result._tag === 'Right' ? { value: result.right } : { issues: toStandardIssues(result.left) }
    },
    jsonSchema: { input: write('decode'), output: write('encode') },
  }
}

/** "Libraries should throw if they don't support a specified target." (Standard JSON Schema, `Target`) */
const draftOf = (target: StandardJSONSchemaV1.Target, codec: t.Any) => {
  if (target === 'draft-2020-12') return '2020-12'
  if (target === 'draft-07') return 'draft-07'
  throw new Error(
    `${codec.name} has no JSON Schema for the target "${target}": ask for "draft-2020-12" or "draft-07"`,
  )
}
