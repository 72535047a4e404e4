import * as t from 'io-ts'
import * as Validator from './Validator.ts'

/**
 * The identity of a list's items: one of their keys, or their whole value. Items without an
 * identity are compared by value.
 */
export type Identity = { readonly key: string } | 'value'

/**
 * Facts about a codec that its type cannot carry. All are optional; none changes what the codec
 * accepts.
 */
export interface Meta {
  /** The noun, in the field's own words. */
  readonly title?: string
  /** One sentence: what it is or says. */
  readonly description?: string
  /** The unit of a number: `"seconds"`, `"bytes"`, `"US dollars"`. */
  readonly unit?: string
  /** The source of the fact: a section of an RFC or of an API document. */
  readonly source?: string
  /** For items of lists: what makes two of them the same item. */
  readonly identity?: Identity
  /**
   * The order of the value over the life of its record: ascending numbers, or words in stages, each
   * stage a set of words. Of two values the later one is the newer one.
   */
  readonly order?: 'ascending' | ReadonlyArray<ReadonlyArray<string>>
  /** The values known so far of an open enumeration; others are accepted too. */
  readonly known?: ReadonlyArray<string>
  /** JSON Schema keywords (of both drafts) that express a refinement as data. */
  readonly constraints?: Constraints
  /** The value assumed when the field is absent. */
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

/** The facts about each codec; of those of io-ts itself, two are known to be of integers. */
const facts = new WeakMap<object, Meta>(
  [t.Int, t.Integer].map(codec => [codec, { constraints: { integer: true } }]),
)

/** The facts known about a codec; an empty record when there are none. */
export const of = (codec: t.Any): Meta => facts.get(codec) ?? none

const none: Meta = {}

/**
 * A copy of the codec with these facts added. The copy decodes, guards and encodes like the
 * original, which keeps its own facts: so one leaf codec can be two fields with two descriptions.
 */
// @__NO_SIDE_EFFECTS__
export const annotate = <C extends t.Any>(codec: C, meta: Meta): C => {
  const copy: C = Object.assign(Object.create(Object.getPrototypeOf(codec) as object), codec)
  // A model annotates hundreds of codecs at load. Few have hidden properties, and copying all
  // descriptors is slow.
  const names = Object.getOwnPropertyNames(codec)
  if (names.length > Object.keys(copy).length)
    for (const key of names)
      if (!Object.hasOwn(copy, key))
        Object.defineProperty(copy, key, Object.getOwnPropertyDescriptor(codec, key) as PropertyDescriptor)
  return introduce(copy, { ...of(codec), ...meta })
}

/** A new codec, which nobody else has yet, with these facts and a compiled `decode`. */
export const introduce = <C extends t.Any>(codec: C, meta: Meta): C => {
  // io-ts binds `decode` to the original codec; most codecs of a program never decode directly
  let decode: C['decode'] | undefined
  codec.decode = u => (decode ??= Validator.of(codec).decode)(u)
  facts.set(codec, meta)
  return codec
}
