import { detect, type Format, formatByName, formats, Ndjson } from '@finetune-kit/serialization'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Option from 'effect/Option'
import { choiceOf } from '../convert/badRecords.ts'
import { convertFile } from '../convert/convertFile.ts'
import { type InputError, inputError, inputName, stdin } from '@finetune-kit/archive'
import { kind, kindOf } from './kind.ts'

/** As they are typed. */
const names = formats.map(({ name }) => name.toLowerCase().replaceAll(' ', '-'))

const format = (name: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar('FORMAT'),
    Flag.withDescription(`${description}: ${names.join(', ')}`),
    Flag.filterMap(
      text => Option.fromNullishOr(formatByName(text) ?? formatByName(`.${text}`)),
      () => names.join(', '),
    ),
    Flag.optional,
    Flag.map(Option.getOrUndefined),
  )

/** `finetune convert IN OUT`: 0 when every record was converted, 1 when one was rejected, 2 when it cannot be done. */
export const convert = Command.make(
  'convert',
  {
    input: Argument.String('in').pipe(
      Argument.withDescription('A file of records in any format; - is standard input'),
    ),
    output: Argument.String('out').pipe(
      Argument.withDescription(
        'The file to be written, compressed if its name ends in .gz, .zst or .br; - is standard output',
      ),
    ),
    from: format('from', 'What the input is, when its name and its first bytes do not tell'),
    to: format('to', 'What the output is to be, when its name does not tell'),
    kind,
    bad: Flag.String('bad').pipe(
      Flag.withMetavar('fail|skip|quarantine=FILE'),
      Flag.withDefault('fail'),
      Flag.withDescription(
        'At a bad record: stop, and write nothing; go on without it; or go on and keep it in a file, with its place and what is wrong',
      ),
      Flag.filterMap(
        text => Option.fromNullishOr(choiceOf(text)),
        () => 'fail, skip or quarantine=FILE',
      ),
    ),
    jobs: Flag.Int('jobs').pipe(
      Flag.withMetavar('N'),
      Flag.withDefault(1),
      Flag.withDescription('How many threads read the input, if it is NDJSON'),
      Flag.filter(
        n => n >= 1 && n <= 64,
        () => 'a number from 1 to 64',
      ),
    ),
    compact: Flag.Boolean('compact').pipe(
      Flag.withDefault(false),
      Flag.withDescription(
        'In as few bytes as the format can, where it has a choice between that and being read by everyone: Avro, MessagePack, Parquet',
      ),
    ),
    pretty: Flag.Boolean('pretty').pipe(
      Flag.withDefault(false),
      Flag.withDescription('On several lines and indented, for people: JSON'),
    ),
    tables: Flag.Boolean('tables').pipe(
      Flag.withDefault(false),
      Flag.withDescription(
        'CSV is several files, beside the one that is named: one for each list of records, with the id of the record in each row',
      ),
    ),
  },
  Effect.fnUntraced(function* ({ input, output, from, to, kind, bad, jobs, compact, pretty, tables }) {
    const said = { format: from, kind: kindOf(kind) }
    const { summary, hasBad } = yield* convertFile({
      input,
      output,
      said,
      to: to ?? (yield* formatOfName(output)),
      bad,
      jobs,
      look: { compact, pretty },
      tables,
    })
    if (summary !== undefined) yield* Console.error(summary)
    if (hasBad) process.exitCode = 1
  }),
).pipe(
  Command.withDescription(
    'Writes records in another format. A file appears whole or not at all; the numbers of records read, written and rejected add up.',
  ),
)

const formatOfName = (path: string): Effect.Effect<Format, InputError> => {
  const format = path === stdin ? Ndjson : detect(new Uint8Array(0), path).format
  return format === undefined
    ? Effect.fail(
        inputError(`The name ${inputName(path)} tells no format: say it by --to (${names.join(', ')}).`),
      )
    : Effect.succeed(format)
}
