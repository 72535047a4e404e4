import { visible } from '@finetune-kit/codec'
import { Merge } from '@finetune-kit/diff'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import { familyOf, job } from './family.ts'
import { json, one, oneStdin } from './one.ts'

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
    const codec = familyOf(given.job)
    yield* oneStdin(given.base, given.ours, given.theirs)
    const { value, conflicts } = Merge.of(codec).merge(
      yield* one(codec, given.base),
      yield* one(codec, given.ours),
      yield* one(codec, given.theirs),
    )
    yield* Console.log(json(value))
    for (const { path, base, ours, theirs } of conflicts)
      yield* Console.error(
        `conflict at ${visible(JSON.stringify(path))}: ${short(base)} became ${short(ours)} and ${short(theirs)}`,
      )
    if (conflicts.length > 0) process.exitCode = 1
  }),
).pipe(Command.withDescription('Merges two records that were made from one.'))

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return visible(text.length <= 80 ? text : `${text.slice(0, 79)}…`)
}
