import { RecordKind } from '@finetune-kit/model'
import * as Flag from 'effect/cli/Flag'
import * as Option from 'effect/Option'

/** `--kind`: what the records are, by name, where nobody is to guess. */
export const kind = Flag.Literals(
  'kind',
  RecordKind.all.map(({ name }) => name),
).pipe(
  Flag.withDescription('What the records are; unless it is said, each is taken for what it looks like'),
  Flag.optional,
  Flag.map(Option.getOrUndefined),
)

export const kindOf = (name: string | undefined): RecordKind.RecordKind | undefined =>
  RecordKind.all.find(kind => kind.name === name)

/** True if a kind of this name is a whole list, whose items are not the records. */
export const isList = (name: string | undefined): boolean => kindOf(name)?.isList ?? false
