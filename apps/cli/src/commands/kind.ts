import { JsonValue } from '@finetune-kit/codec'
import type { Input } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import * as Flag from 'effect/cli/Flag'
import { type CliError, cliError } from '../CliError.ts'

/** A kind of record, under a name that declarations of this package can use. */
export interface Kind extends RecordKind.RecordKind {}

/** Any JSON value, as a kind: never detected, only passed. */
const json: Kind = {
  name: 'json',
  codec: JsonValue,
  contract: JsonValue,
  matches: () => true,
  isList: false,
  isRun: false,
  isPartOfRun: false,
}

const kinds: ReadonlyArray<Kind> = [...RecordKind.all, json]

/** `--kind`: the kind of all records, instead of what each is detected to be. */
export const kind: Flag.Flag<Kind | undefined> = Flag.Literals(
  'kind',
  kinds.map(({ name }) => name),
).pipe(
  Flag.withMetavar('KIND'),
  Flag.withDescription('The kind of the records. Default: detected. json takes any JSON value'),
  Flag.map(name => kinds.find(known => known.name === name)),
  Flag.withDefault(undefined),
)

/** The error of `--kind` together with a database. */
export const kindOfDatabase: CliError = cliError(
  '--kind: it is for files. A database knows the kinds of its records: leave --kind out.',
)

/** The kind of an input's records, or a line that asks for it. */
export const requireKind = ({
  name,
  kind: found,
  unclear = 'it holds no record',
}: Pick<Input, 'name' | 'kind' | 'unclear'>): Effect.Effect<Kind, CliError> =>
  found === undefined
    ? Effect.fail(
        cliError(
          // a reason with a remedy of its own is no record of any kind
          unclear.includes('. ')
            ? `${name}: ${unclear}.`
            : `${name}: unknown kind of record: ${unclear}. Pass --kind KIND.`,
        ),
      )
    : Effect.succeed(found)
