import { escapeUnprintable } from '@finetune-kit/codec'
import { Merge } from '@finetune-kit/diff'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { truncate } from '@finetune-kit/codec/compile'
import { complain, exitWith, print } from '../Io.ts'
import { kind } from './kind.ts'
import { outputStyle } from './outputStyle.ts'
import { json, oneStdin, readRecord, readValue } from './readValue.ts'
import { pathArgument } from './pathParam.ts'

const record = (name: string, description: string) =>
  pathArgument(name).pipe(Argument.withDescription(description))

/** `finetune merge BASE OURS THEIRS` */
export const merge = Command.make(
  'merge',
  {
    base: record('base', 'The record that both others were made from. - is standard input'),
    ours: record('ours', 'The first changed record, or -. It wins where both changed the same field'),
    theirs: record('theirs', 'The second changed record, or -'),
    kind,
    format: outputStyle(
      'How to print conflicts: as lines on standard error, or with the record as one JSON document',
    ),
  },
  Effect.fnUntraced(function* (given) {
    yield* oneStdin(given.base, given.ours, given.theirs)
    const base = yield* readRecord(given.base, given.kind)
    const codec = base.kind.codec as t.Type<unknown>
    const { value, conflicts } = Merge.of(codec).merge(
      base.value,
      yield* readValue(given.ours, codec),
      yield* readValue(given.theirs, codec),
    )
    yield* print(json(given.format === 'json' ? { value, conflicts } : value))
    if (conflicts.length === 0) return
    if (given.format === 'text') yield* complain(...conflicts.map(conflictText))
    yield* exitWith(1)
  }),
).pipe(
  Command.withDescription(
    'Merges two records that were changed from the same base, and prints the result. ' +
      'Exit code: 0, 1 if there are conflicts, 2 if a file cannot be read.',
  ),
  Command.withShortDescription('Merge two changed copies of a record'),
  Command.withExamples([
    { command: 'finetune merge base.json ours.json theirs.json > merged.json' },
    { command: 'finetune merge base.json ours.json theirs.json --format json | jq .conflicts' },
  ]),
)

const conflictText = ({ path, base, ours, theirs }: Merge.Conflict): string => {
  const place = path === '' ? 'in the whole record' : `at ${escapeUnprintable(JSON.stringify(path))}`
  const values = `${short(base)} in base, ${short(ours)} in ours, ${short(theirs)} in theirs`
  return `conflict ${place}: ${values}. The result has ${ours === undefined ? 'theirs' : 'ours'}.`
}

const short = (value: unknown): string => escapeUnprintable(truncate(JSON.stringify(value) ?? 'missing', 80))
