import * as t from 'io-ts'
import { annotate, closed, Finite, Integer, JsonValue, nullable, OpenEnum, record } from '@finetune-kit/codec'

/** A file with an identity, nulls and optional keys. */
export const File = annotate(
  record('File', { id: t.string, bytes: Integer }, { note: nullable(t.string), rate: Finite }),
  { identity: { key: 'id' } },
)

export const Positive = annotate(
  t.refinement(Integer, n => n >= 1, 'Positive'),
  { constraints: { minimum: 1 } },
)

export const Code = annotate(
  t.refinement(t.string, s => /^[a-z]{2,3}$/.test(s), 'Code'),
  { constraints: { pattern: '^[a-z]{2,3}$' } },
)

export const Open = OpenEnum('Open', ['info', 'warn'])

export interface Tree {
  readonly label: string
  readonly children: ReadonlyArray<Tree>
}
export const Tree: t.Type<Tree> = t.recursion('Tree', () =>
  t.type({ label: t.string, children: t.readonlyArray(Tree) }),
)

interface NameBrand {
  readonly Name: unique symbol
}

/** Codecs of all kinds, most of them in plain io-ts. Every law runs over each. */
export const samples: Readonly<Record<string, t.Type<any, any, any>>> = {
  File,
  'files in three places': record('Run', { a: t.array(File), b: t.array(File) }, { best: nullable(File) }),
  Positive,
  Code,
  Open,
  Tree,
  'a tuple': t.tuple([t.string, Integer, t.boolean]),
  'an empty tuple': t.tuple([] as never),
  literals: t.union([t.literal('a'), t.literal(0), t.keyof({ x: null, y: null }), t.null]),
  'a nullable literal': nullable(t.literal('a')),
  'a dictionary': t.record(t.string, nullable(Finite)),
  'a dictionary of named keys': t.record(t.keyof({ a: null, b: null }), t.string),
  'a dictionary of refined keys': t.record(Code, t.boolean),
  'any JSON value': JsonValue,
  'a JSON field': record('Holder', { value: JsonValue }, { more: JsonValue }),
  'a closed record': closed(record('Closed', { file: File, files: t.array(File) })),
  anything: t.unknown,
  'any object': t.UnknownRecord,
  'any list': t.UnknownArray,
  exact: t.exact(t.type({ a: t.string })),
  strict: t.strict({ a: t.string, b: t.strict({ c: Integer }) }),
  'exact and partial': t.exact(t.intersection([t.type({ a: t.string }), t.partial({ b: Integer })])),
  'a refined intersection': t.intersection([
    t.type({ a: t.string }),
    annotate(
      t.refinement(t.type({ b: t.string }), () => true, 'AnyB'),
      { constraints: {} },
    ),
  ]),
  'optional keys': t.partial({ a: t.union([t.string, t.undefined]), b: t.void }),
  'keys that may be undefined': t.type({ a: t.union([t.string, t.undefined]), b: t.unknown }),
  'one field twice': t.intersection([t.type({ n: t.number }), t.partial({ n: Integer })]),
  'a tagged union': t.union([
    t.type({ kind: t.literal('a'), size: Integer }),
    t.type({ kind: t.literal('b'), name: t.string }),
  ]),
  'an untagged union': t.union([t.type({ a: t.string }), t.type({ b: Integer }), t.array(t.string)]),
  'a brand': annotate(
    t.brand(t.string, (s): s is t.Branded<string, NameBrand> => s.length > 0, 'Name'),
    { constraints: { minLength: 1 } },
  ),
  'a readonly record': t.readonly(t.type({ a: t.readonlyArray(t.string) })),
}
