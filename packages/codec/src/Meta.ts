import type * as t from 'io-ts'
import * as Validator from './Validator.ts'

/**
 * What makes two items of a list the same item: one of their keys, or their whole value.
 * A list whose items say nothing is compared by value.
 */
export type Identity = { readonly key: string } | 'value'

/** Facts about a codec that its type cannot carry. All are optional; none changes what the codec accepts. */
export interface Meta {
  /** The noun, as the field names it. */
  readonly title?: string
  /** One sentence: what it is or says. */
  readonly description?: string
  /** The unit of a number: `"seconds"`, `"bytes"`, `"US dollars"`. */
  readonly unit?: string
  /** Where the fact comes from: a section of an RFC or of an API document. */
  readonly source?: string
  /** For items of lists: what makes two of them the same item. */
  readonly identity?: Identity
  /**
   * How the value moves over the life of what it belongs to: numbers that only rise, or words in stages, each stage
   * the words that may stand there. Of two values the later one is the newer one.
   */
  readonly order?: 'ascending' | ReadonlyArray<ReadonlyArray<string>>
  /** The values known so far of an open enumeration; others are accepted too. */
  readonly known?: ReadonlyArray<string>
  /** JSON Schema keywords (both drafts understand them) that say in data what a refinement says in code. */
  readonly constraints?: Constraints
  /** What the value is taken to be when it is absent. */
  readonly default?: unknown
}

/** The assertion keywords of JSON Schema that a refinement may state. */
export interface Constraints {
  readonly integer?: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

const facts = new WeakMap<object, Meta>()

/** The facts known about a codec; an empty record when there are none. */
export const of = (codec: t.Any): Meta => facts.get(codec) ?? none

const none: Meta = {}

/**
 * A copy of the codec with these facts beside it, added to those it had. The copy decodes, guards and encodes
 * as the original does, which keeps its own facts: one leaf codec can so be two fields with two descriptions.
 */
export const annotate = <C extends t.Any>(codec: C, meta: Meta): C => {
  const copy: C = Object.assign(Object.create(Object.getPrototypeOf(codec) as object), codec)
  // a model annotates hundreds of codecs at load: few have a hidden property, and descriptors of all of them take long
  for (const key of Object.getOwnPropertyNames(codec))
    if (!Object.hasOwn(copy, key))
      Object.defineProperty(copy, key, Object.getOwnPropertyDescriptor(codec, key) as PropertyDescriptor)
  // io-ts binds `decode` to the codec it was made for; a program that loads many codecs decodes by few
  let decode: C['decode'] | undefined
  copy.decode = u => (decode ??= Validator.of(copy).decode)(u)
  facts.set(copy, { ...of(codec), ...meta })
  return copy
}
