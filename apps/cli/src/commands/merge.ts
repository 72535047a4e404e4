import { escapeUnprintable } from '@finetune-kit/codec'
import { Merge } from '@finetune-kit/diff'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import { recordType, job } from './recordType.ts'
import { json, readJsonFile, oneStdin } from './readJsonFile.ts'

const record = (name: string, description: string) =>
  Argument.String(name).pipe(Argument.withDescription(description))

/** `finetune merge BASE OURS THEIRS`: the merged record, and 0; 1 when there are conflicts; 2 when it cannot be done. */
export const merge = Command.make(
  'merge',
  {
    base: record('base', 'The record that both were made from; - is standard input'),
    ours: record('ours', 'One record made from it: it stands where both changed the same'),
    theirs: record('theirs', 'The other'),
    job,
  },
  Effect.fnUntraced(function* (given) {
    const codec = recordType(given.job)
    yield* oneStdin(given.base, given.ours, given.theirs)
    const { value, conflicts } = Merge.of(codec).merge(
      yield* readJsonFile(codec, given.base),
      yield* readJsonFile(codec, given.ours),
      yield* readJsonFile(codec, given.theirs),
    )
    yield* Console.log(json(value))
    for (const { path, base, ours, theirs } of conflicts)
      yield* Console.error(
        `conflict at ${escapeUnprintable(JSON.stringify(path))}: ${short(base)} became ${short(ours)} and ${short(theirs)}`,
      )
    if (conflicts.length > 0) process.exitCode = 1
  }),
).pipe(Command.withDescription('Merges two records that were made from one.'))

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return escapeUnprintable(text.length <= 80 ? text : `${text.slice(0, 79)}…`)
}
