import { stat } from 'node:fs/promises'
import { RecordOrder } from '@finetune-kit/model'
import { detect, formatByName, type LazyFormat } from '@finetune-kit/serialization'
import { inputName, stdin } from '@finetune-kit/archive'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Option from 'effect/Option'
import { type CliError, cliError } from '../CliError.ts'
import { badRecordOption } from '../convert/badRecords.ts'
import { convertFile } from '../convert/convertFile.ts'
import { complain, exitWith, isStdout, print } from '../Io.ts'
import { format, formatNames, inputText } from './format.ts'
import { kind } from './kind.ts'
import { outputStyle } from './outputStyle.ts'
import { pathArgument } from './pathParam.ts'
import { redact } from './redact.ts'

const orders = RecordOrder.all.map(({ name }) => name).join(' or ')

const flag = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDefault(false), Flag.withDescription(description))

/** `finetune convert IN OUT` */
export const convert = Command.make(
  'convert',
  {
    input: pathArgument('in').pipe(Argument.withDescription(inputText)),
    output: pathArgument('out').pipe(
      Argument.withDescription(
        'The file to write, compressed if its name ends in .gz, .zst or .br. - is standard output',
      ),
    ),
    from: format('from', 'The format of the input. Default: by its name and content'),
    to: format('to', 'The format of the output. Default: by its name, NDJSON for standard output'),
    kind,
    bad: Flag.String('bad').pipe(
      Flag.withMetavar('fail|skip|quarantine=FILE'),
      Flag.withDefault('fail'),
      Flag.withDescription(
        'At a bad record: stop and write nothing, skip it, or write it to a file with its position and issues. Default: fail',
      ),
      Flag.filterMap(
        text => Option.fromNullishOr(badRecordOption(text)),
        () => 'fail, skip or quarantine=FILE',
      ),
    ),
    threads: Flag.Int('threads').pipe(
      Flag.withMetavar('N'),
      Flag.withDefault(1),
      Flag.withDescription('Threads that read the input, if it is NDJSON. Default: 1'),
      Flag.filter(
        n => n >= 1 && n <= 64,
        () => 'a number from 1 to 64',
      ),
    ),
    records: flag(
      'records',
      'Write the records that observations hold, and not when and where they were seen. With --kind KIND, only those of this kind',
    ),
    as: Flag.Literals('as', ['job', 'fine-tune']).pipe(
      Flag.withMetavar('FAMILY'),
      Flag.withDescription('Convert runs of the other family to this one. Default: each stays what it is'),
      Flag.withDefault(undefined),
    ),
    order: Flag.String('sort').pipe(
      Flag.withMetavar('COLUMN'),
      Flag.withDescription(
        `Sort the records by ${orders}. Records that are equal in it keep their order, those without it come last. Default: the order of the input`,
      ),
      Flag.filterMap(
        name => Option.fromUndefinedOr(RecordOrder.all.find(order => order.name === name)),
        () => orders,
      ),
      Flag.withDefault(undefined),
    ),
    partition: Flag.Literals('partition', ['month']).pipe(
      Flag.withMetavar('PERIOD'),
      Flag.withDescription(
        'Add to a dataset, a folder with a file for each kind and month. Records that it has are left out. Default format: Parquet',
      ),
      Flag.optional,
      Flag.map(Option.isSome),
    ),
    verbose: flag('verbose', 'Print each value that --as loses or changes'),
    compact: flag('compact', 'Write fewer bytes of Avro or Parquet, by an encoding that some readers lack'),
    pretty: flag('pretty', 'Write JSON indented, on several lines'),
    tables: flag(
      'tables',
      'Write (or read) one CSV file per list of records, next to the named file; each row carries its record id',
    ),
    redact,
    format: outputStyle(
      'How to print the counts: as a sentence on standard error, or as a JSON object on standard output, if the records do not go there',
    ),
  },
  Effect.fnUntraced(function* ({
    output,
    from,
    to,
    kind,
    compact,
    pretty,
    partition,
    records,
    format: style,
    ...plan
  }) {
    const problem = partition ? yield* partitionProblem({ ...plan, output, kind }) : undefined
    if (problem !== undefined) return yield* Effect.fail(cliError(problem))
    const format = to ?? (partition ? formatByName('Parquet') : undefined)
    const { summary, counts, hasBad } = yield* convertFile({
      ...plan,
      output,
      known: { format: from, kind: records ? undefined : kind },
      records: records ? { kind } : undefined,
      to: yield* Effect.promise((format ?? (yield* formatOfName(output))).load),
      look: { compact, pretty },
      partitions: partition,
    })
    if (style === 'json' && counts !== undefined)
      yield* (isStdout(output) ? complain : print)(JSON.stringify(counts))
    else if (summary !== undefined) yield* complain(summary)
    if (hasBad) yield* exitWith(1)
    return undefined
  }),
).pipe(
  Command.withDescription(
    'Writes records in another format. A file appears whole or not at all. ' +
      'Exit code: 0 if every record was converted, 1 if one was rejected, 2 if a file cannot be read or written.',
  ),
  Command.withShortDescription('Write records in another format, or as the other family'),
  Command.withExamples([
    { command: 'finetune convert jobs.ndjson jobs.parquet' },
    {
      command: 'finetune convert seen.ndjson jobs.parquet --records --kind job',
      description: 'What pull has written, as a table of jobs',
    },
    { command: 'finetune convert legacy.ndjson jobs.ndjson --as job --verbose' },
    { command: 'finetune convert new.ndjson data/ --partition month', description: 'Add to a dataset' },
    { command: 'finetune convert data/ all.ndjson', description: 'All files of a folder' },
    { command: 'finetune convert jobs.ndjson jobs.parquet --sort id', description: 'Sorted' },
    { command: 'curl -s $URL | finetune convert - jobs.csv --bad quarantine=bad.ndjson' },
  ]),
)

/** Returns why `--partition` cannot be used with these flags, if it cannot. */
const partitionProblem = ({
  output,
  kind: known,
  tables,
}: {
  readonly output: string
  readonly kind: { readonly name: string } | undefined
  readonly tables: boolean
}): Effect.Effect<string | undefined> =>
  Effect.promise(async () => {
    if (isStdout(output)) return '--partition: standard output is no folder. Pass the name of one.'
    if (tables) return '--partition and --tables: each lays out files in its own way. Leave one out.'
    if (known?.name === 'json') return '--partition: any JSON value has no month. Leave out --kind json.'
    const { format, compression } = detect(new Uint8Array(0), output)
    if (format === undefined && compression === undefined) return undefined
    return (await stat(output).catch(() => undefined))?.isDirectory() === true
      ? undefined
      : `${inputName(output)}: --partition writes a folder, and this is the name of a file. Pass the name of a folder, and --to FORMAT for its files. A name that ends in / is a folder.`
  })

const formatOfName = (path: string): Effect.Effect<LazyFormat, CliError> => {
  const found = path === stdin ? formatByName('NDJSON') : detect(new Uint8Array(0), path).format
  return found === undefined
    ? Effect.fail(
        cliError(`${inputName(path)}: cannot tell the output format. Pass --to FORMAT (${formatNames}).`),
      )
    : Effect.succeed(found)
}
