import type { Reading } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import { cliError } from '../CliError.ts'
import { complain, exitWith, print } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { eachFile } from './eachFile.ts'
import { db, noInput } from './db.ts'
import { format, inputText } from './format.ts'
import { kind, kindOfDatabase } from './kind.ts'
import { kindCounts, type KindCounts, noRuns } from './kindCounts.ts'
import { redact } from './redact.ts'
import { oneStdin } from './readValue.ts'
import { validateFile } from './validateFile.ts'
import { redactedFormat, validationFormats } from './validationFormat.ts'
import { pathArgument } from './pathParam.ts'

/** `finetune validate FILE…` */
export const validate = Command.make(
  'validate',
  {
    files: pathArgument('file').pipe(
      Argument.withDescription(`${inputText}. Default: the database`),
      Argument.variadic(),
    ),
    db,
    kind,
    from: format('from', 'The format of the input. Default: by its name and content'),
    contract: Flag.Boolean('contract').pipe(
      Flag.withDefault(false),
      Flag.withDescription('Check records against the API documentation, which is stricter'),
    ),
    format: Flag.Literals('format', ['text', 'github', 'json']).pipe(
      Flag.withMetavar('FORMAT'),
      Flag.withDefault('text' as const),
      Flag.withDescription(
        'How to print issues: as text, as annotations of a GitHub pull request, or as JSON. Default: text',
      ),
    ),
    lint: Flag.Boolean('lint').pipe(
      Flag.withDefault(false),
      Flag.withDescription(
        'Print what is odd about valid runs too, as warnings. They do not change the exit code',
      ),
    ),
    pass: Flag.Boolean('pass').pipe(
      Flag.withDefault(false),
      Flag.withDescription(
        'Write the valid records to standard output as lines of JSON, and issues to standard error',
      ),
    ),
    redact,
  },
  Effect.fnUntraced(function* ({
    files,
    db,
    kind,
    from,
    contract,
    format: style,
    lint: lints,
    pass: passes,
    redact: isRedacted,
  }) {
    if (passes && style !== 'text')
      return yield* Effect.fail(
        cliError(`--pass and --format ${style}: both write to standard output. Leave one out.`),
      )
    const usesDatabase = db !== undefined || (files.length === 0 && (yield* database).hasDefaultDatabase())
    if (files.length === 0 && !usesDatabase) return yield* Effect.fail(noInput)
    if (usesDatabase && kind !== undefined) return yield* Effect.fail(kindOfDatabase)
    if (usesDatabase && passes)
      return yield* Effect.fail(cliError('--pass: it is for files. Use finetune export for a database.'))
    yield* oneStdin(...files)
    const reading: Reading = contract ? 'contract' : 'codec'
    const open = validationFormats[style]()
    const format = isRedacted ? redactedFormat(open) : open
    const counts = kindCounts()
    yield* print(...format.begin)
    const { files: count, failed } = yield* eachFile(files, path =>
      validateFile(path, { kind, from, reading }, { format, counts, lints, passes, isRedacted }),
    )
    if (usesDatabase) yield* (yield* database).validateDatabase(db, reading, { format, counts, lints })
    const total = count + (usesDatabase ? 1 : 0)
    yield* print(
      ...format.end({
        files: total,
        unread: failed,
        kinds: counts.byKind(),
        invalid: counts.invalid(),
      }),
    )
    const unread = failed === 0 ? '' : `; ${pluralize(failed, 'file')} could not be checked`
    const checked = [
      ...(count > 0 || !usesDatabase ? [pluralize(count, 'file')] : []),
      ...(usesDatabase ? ['1 database'] : []),
    ]
    yield* complain(`${checked.join(' and ')}: ${summary(counts)}${unread}`)
    if (counts.isBad()) yield* exitWith(1)
    return undefined
  }),
).pipe(
  Command.withDescription(
    'Checks each record, or line of a training file, and prints every issue with its position. A result file is summarized. ' +
      'Exit code: 0 if all records are valid, 1 if one is not, 2 if a file cannot be read.',
  ),
  Command.withShortDescription('Check records, training files and result files'),
  Command.withExamples([
    { command: 'finetune validate jobs.ndjson events.csv.gz' },
    { command: 'curl -s $URL | finetune validate - --kind job-list' },
    { command: 'finetune validate train.jsonl step_metrics.csv', description: 'Other files of fine-tuning' },
    {
      command: 'finetune validate --db runs.db',
      description: 'A database, with the digests of its histories',
    },
    { command: 'finetune validate jobs.ndjson --lint', description: 'What is odd about valid runs too' },
    { command: 'finetune validate --format github jobs.ndjson', description: 'In a GitHub workflow' },
    {
      command: 'split -n l/8 --filter "finetune validate --pass -" jobs.ndjson > valid.ndjson',
      description: 'As a filter, here of eight parts of a file',
    },
  ]),
)

/** The module that reads a database, loaded when one is read. */
const database = Effect.promise(() => import('./validateDatabase.ts'))

/** `2 fine-tunes, 1 job, 0 invalid` */
const summary = ({ lines, invalid }: KindCounts): string => {
  const counted = lines(RecordKind.all)
  return counted[0] === noRuns ? counted.join(', ') : [...counted, `${invalid()} invalid`].join(', ')
}
