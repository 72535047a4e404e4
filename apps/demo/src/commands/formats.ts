import { visible } from '@finetune-kit/codec'
import {
  Change,
  changeHtml,
  changeMarkdown,
  changeText,
  Delta,
  JsonPatch,
  MergePatch,
  redact,
  sideBySide,
  sideBySideText,
  unifiedText,
} from '@finetune-kit/diff'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { type Trouble, trouble } from '../Trouble.ts'
import { json } from './one.ts'
import type { Pair } from './sides.ts'

export interface Look {
  readonly colours: boolean
  readonly width: number
  readonly redacted: boolean
  /** Whether each pair says which run it is. */
  readonly titled: boolean
}

type Codec = t.Type<unknown, unknown>
type Draw = (codec: Codec, pairs: ReadonlyArray<Pair>, look: Look) => Effect.Effect<string, Trouble>

/** What differs, for people: pair by pair, each below its title. */
const each =
  (draw: (codec: Codec, pair: Pair, look: Look, title: string | undefined) => string, between = '\n'): Draw =>
  (codec, pairs, look) =>
    Effect.succeed(
      pairs.map(pair => draw(codec, pair, look, look.titled ? pair.run : undefined)).join(between),
    )

/** A record of its own for each format, so that one cannot be forgotten. */
export const formats = {
  text: each((codec, pair, look, title) => below(title, changeText(changesOf(codec, pair), look), look)),
  markdown: each(
    (codec, pair, look, title) => changeMarkdown(changesOf(codec, pair), markup(look, title)),
    '\n\n',
  ),
  html: each((codec, pair, look, title) => changeHtml(changesOf(codec, pair), markup(look, title))),
  json: (codec, pairs, look) => {
    const runs = pairs.map(pair => ({ run: pair.run, changes: changesOf(codec, pair) }))
    return Effect.succeed(json(look.redacted ? redact(runs) : runs))
  },
  'json-patch': (codec, pairs, look) =>
    Effect.map(pairOf('json-patch', pairs), ({ a, b }) => {
      const patch = JsonPatch.ofDelta(Delta.of(codec).diff(a, b))
      return json(look.redacted ? redact(patch) : patch)
    }),
  'merge-patch': (codec, pairs, look) =>
    Effect.flatMap(pairOf('merge-patch', pairs), ({ a, b }) => {
      const patch = MergePatch.of(codec).diff(a, b)
      if (patch._tag === 'Right')
        return Effect.succeed(json(look.redacted ? redact(patch.right) : patch.right))
      const places = patch.left.pointers.join(', ')
      return Effect.fail(trouble(`A merge patch cannot say null, which is to be at ${places}.`))
    }),
  'side-by-side': each((codec, pair, look, title) =>
    below(title, sideBySideText(rowsOf(codec, pair), look), look),
  ),
  unified: each((codec, pair, look, title) => below(title, unifiedText(rowsOf(codec, pair), look), look)),
} satisfies Record<string, Draw>

export type Format = keyof typeof formats

const below = (title: string | undefined, text: string, look: Look): string =>
  title === undefined
    ? text
    : [
        `run ${visible(JSON.stringify(look.redacted ? redact(title) : title))}`,
        ...text.split('\n').map(line => `  ${line}`),
      ].join('\n')

const markup = ({ redacted }: Look, title: string | undefined) =>
  title === undefined ? { redacted } : { redacted, title }

/** What changed; of a run that only one side has, that it came or went. */
const changesOf = (codec: Codec, { run, a, b }: Pair): ReadonlyArray<Change.Change> => {
  const place = { path: '', names: [`run ${run}`], known: true }
  if (a === undefined) return [{ _tag: 'Added', place, value: b, operations: [] }]
  if (b === undefined) return [{ _tag: 'Removed', place, was: a, operations: [] }]
  return Change.of(codec)(a, b)
}

const rowsOf = (codec: Codec, { a, b }: Pair) => {
  if (a !== undefined && b !== undefined) return sideBySide(codec)(a, b)
  const rows = sideBySide(codec)(a ?? b, b ?? a, { all: true })
  return rows.map(({ label, left, right }) =>
    a === undefined ? { label, left: null, right } : { label, left, right: null },
  )
}

/** A patch is between two values. */
const pairOf = (format: string, pairs: ReadonlyArray<Pair>): Effect.Effect<Pair, Trouble> => {
  const [pair] = pairs
  return pairs.length === 1 && pair?.a !== undefined && pair.b !== undefined
    ? Effect.succeed(pair)
    : Effect.fail(trouble(`--format ${format} makes one record of another: each file has to hold one run.`))
}
