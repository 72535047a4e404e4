import type * as t from 'io-ts'
import * as Shape from '../Shape.ts'

/** The expectation of a codec, for error texts. */
export interface Expectation {
  /** The alternatives, in words: `string`, `null`, `"auto"`. */
  readonly words: ReadonlyArray<string>
  /** The alternatives as one phrase. */
  readonly text: string
  /**
   * True if only certain values are accepted: such a field discriminates the members of a union.
   */
  readonly literal: boolean
  /** The keys of an object that accept only certain values. */
  readonly tags: () => ReadonlyArray<string>
}

/**
 * The expectation of a codec: the author's name, or words in place of a name that io-ts made up.
 */
export const expectationOf = (codec: t.Any): Expectation => {
  const known = expectations.get(codec)
  if (known !== undefined) return known
  const found = expectation(codec)
  const words = [...new Set(found.words)]
  const distinct = { ...found, words, text: either(words) }
  expectations.set(codec, distinct)
  return distinct
}

const expectations = new WeakMap<t.Any, Expectation>()

/** Alternatives as a phrase: `"a", "b" or null`. */
export const either = (words: ReadonlyArray<string>): string => {
  const shown =
    words.length <= maxWords ? words : [...words.slice(0, maxWords), `${words.length - maxWords} more`]
  return shown.length < 2
    ? (shown[0] ?? 'no value at all')
    : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
}

const maxWords = 20

interface Named extends Omit<Expectation, 'text'> {
  readonly name: string
}

const named = (
  codec: t.Any,
  words: ReadonlyArray<string> = [codec.name],
  more: Partial<Named> = {},
): Named => ({ name: codec.name, words, literal: false, tags: () => [], ...more })

/** Returns `words` where io-ts made the name up. */
const unlessNamed = (
  codec: t.Any,
  isMadeUp: boolean,
  words: ReadonlyArray<string>,
  more?: Partial<Named>,
): Named => named(codec, isMadeUp ? words : [codec.name], more)

const expectation = Shape.fold<Named>({
  unknown: c => named(c, ['anything']),
  undefined: c => named(c, ['nothing']),
  null: c => named(c, ['null']),
  boolean: c => named(c, ['boolean']),
  number: c => named(c, ['number']),
  string: c => named(c, ['string']),
  literal: (values, c) =>
    named(
      c,
      values.map(value => JSON.stringify(value)),
      { literal: true },
    ),
  array: (item, c) =>
    unlessNamed(c, /^(Readonly|Unknown)?Array\b/.test(c.name), [`list of ${either(item.words)}`]),
  tuple: (items, c) => unlessNamed(c, c.name.startsWith('['), [`list of ${items.length}`]),
  record: (_domain, _codomain, c) => unlessNamed(c, /\{|^UnknownRecord$/.test(c.name), ['object']),
  struct: (fields, _unknownKeys, c) =>
    unlessNamed(c, c.name.includes('{'), ['object'], {
      tags: () => fields.filter(f => f.value.literal).map(f => f.key),
    }),
  union: (members, c) => {
    const names = members.map(m => m.name)
    return unlessNamed(
      c,
      c.name === 'never' || c.name === `(${names.join(' | ')})` || c.name === names.join(' or '),
      members.flatMap(m => m.words),
      { literal: members.length > 0 && members.every(m => m.literal) },
    )
  },
  intersection: (members, c) =>
    unlessNamed(
      c,
      c.name === `(${members.map(m => m.name).join(' & ')})`,
      [members.map(m => either(m.words)).join(' and ')],
      { tags: () => members.flatMap(m => m.tags()) },
    ),
  refine: (inner, predicate, c) =>
    unlessNamed(
      c,
      c.name.startsWith(`(${inner.name} | `),
      [`${either(inner.words)}${predicate.name === '' ? ' of a certain kind' : ` (${predicate.name})`}`],
      { tags: inner.tags },
    ),
  lazy: (get, c) => named(c, [c.name], { tags: () => get().tags() }),
  opaque: c => named(c),
})
