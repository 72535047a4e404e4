import { escapeUnprintable } from '@finetune-kit/codec'
import { JsonPatch, MergePatch, redact, sideBySide, sideBySideText, unifiedText } from '@finetune-kit/diff'
import { Change, changeHtml, changeMarkdown, changeText } from '@finetune-kit/diff/story'
import type * as t from 'io-ts'
import { type CliError, cliError } from '../CliError.ts'
import { json } from './readValue.ts'
import type { Pair as CodecPair } from './runPairs.ts'

type Pair = Omit<CodecPair, 'codec'>

export interface Look {
  readonly colours: boolean
  readonly width: number
  readonly redacted: boolean
  /** True if the output names the run of each pair. */
  readonly titled: boolean
}

type Codec = t.Type<unknown, unknown>

/** A format of differences. */
export interface Format {
  /**
   * Draws a pair of records that are not equal. Undefined if there is nothing to tell in words: in
   * an optional field, null counts as absent.
   */
  readonly draw: (codec: Codec, pair: Pair, look: Look) => string | CliError | undefined
  /** True for a patch: it needs one pair, and is printed even if nothing differs. */
  readonly isPatch?: true
  /**
   * Draws the number of records of runs that one side lacks, where their own text would hide the
   * runs. Default: each is drawn.
   */
  readonly parts?: (counted: string, verb: 'added' | 'removed') => string
  /** The text before, between and after the pairs. */
  readonly around?: readonly [before: string, between: string, after: string]
}

type Changes = ReadonlyArray<Change.Change>

const verbOf = ({ a, b }: Pair): 'added' | 'removed' | undefined =>
  a === undefined ? 'added' : b === undefined ? 'removed' : undefined

/** The changes of a pair for people: of a run that was added, what it is. */
const newsOf = (codec: Codec, pair: Pair): Changes =>
  pair.noun === 'run' && pair.a === undefined ? Change.introduce(codec)(pair.b) : changesOf(codec, pair)

/** The changes of a pair; a run that one side lacks was added or removed. */
const changesOf = (codec: Codec, { noun, run, a, b }: Pair): Changes => {
  const place = { path: '', names: [`${noun} ${run}`], known: true }
  if (a === undefined) return [{ _tag: 'Added', place, value: b, operations: [] }]
  if (b === undefined) return [{ _tag: 'Removed', place, was: a, operations: [] }]
  return Change.of(codec)(a, b)
}

const isNone = (changes: Changes, pair: Pair): boolean => changes.length === 0 && verbOf(pair) === undefined

const drawChanges =
  (
    find: (codec: Codec, pair: Pair) => Changes,
    draw: (changes: Changes, pair: Pair, look: Look) => string,
  ): Format['draw'] =>
  (codec, pair, look) => {
    const changes = find(codec, pair)
    return isNone(changes, pair) ? undefined : draw(changes, pair, look)
  }

export const diffOutputs = {
  text: {
    draw: drawChanges(newsOf, (news, pair, look) =>
      verbOf(pair) === 'removed' ? titleOf(pair, look) : below(pair, changeText(news, look), look),
    ),
    parts: (counted, verb) => `${verb === 'added' ? '+' : '-'} ${counted}`,
  },
  markdown: {
    draw: drawChanges(newsOf, (news, pair, look) => changeMarkdown(news, markup(pair, look))),
    // an item would join the list of the last run
    parts: (counted, verb) => `${counted} ${verb}.`,
    around: ['', '\n', ''],
  },
  html: {
    draw: drawChanges(newsOf, (news, pair, look) => changeHtml(news, markup(pair, look))),
    parts: (counted, verb) => `<p class="changes">${counted} ${verb}.</p>`,
  },
  json: {
    draw: drawChanges(changesOf, (changes, { run }, look) => document({ run, changes }, look)),
    around: ['[', ',', ']'],
  },
  'json-patch': {
    draw: (codec, { a, b }, look) => document(JsonPatch.of(codec).diff(a, b), look),
    isPatch: true,
  },
  'merge-patch': {
    draw: (codec, { a, b }, look) => {
      const patch = MergePatch.of(codec).diff(a, b)
      if (patch._tag === 'Right') return document(patch.right, look)
      const places = patch.left.pointers.join(', ')
      return cliError(
        escapeUnprintable(`A merge patch cannot set null, as ${places} needs. Pass --format json-patch.`),
      )
    },
    isPatch: true,
  },
  'side-by-side': {
    draw: (codec, pair, look) => below(pair, sideBySideText(rowsOf(codec, pair), look), look),
  },
  unified: { draw: (codec, pair, look) => below(pair, unifiedText(rowsOf(codec, pair), look), look) },
} satisfies Record<string, Format>

export type FormatName = keyof typeof diffOutputs

export const formatOf = (name: FormatName): Format => diffOutputs[name]

const document = (value: unknown, { redacted }: Look): string => json(redacted ? redact(value) : value)

const below = (pair: Pair, text: string, look: Look): string =>
  look.titled ? `${titleOf(pair, look)}\n${text.replace(/^/gm, '  ')}` : text

/** `run "ft-1" added` */
const titleOf = (pair: Pair, { redacted }: Look): string => {
  const { noun, run } = pair
  const verb = verbOf(pair)
  const name = escapeUnprintable(JSON.stringify(redacted ? redact(run) : run))
  return `${noun} ${name}${verb === undefined ? '' : ` ${verb}`}`
}

const markup = ({ run }: Pair, { redacted, titled }: Look) =>
  titled ? { redacted, title: run } : { redacted }

const rowsOf = (codec: Codec, { a, b }: Pair) => {
  if (a !== undefined && b !== undefined) return sideBySide(codec)(a, b)
  const rows = sideBySide(codec)(a ?? b, b ?? a, { all: true })
  return rows.map(({ label, left, right }) =>
    a === undefined ? { label, left: null, right } : { label, left, right: null },
  )
}
