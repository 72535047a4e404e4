import { redact as redacted } from '@finetune-kit/diff'
import { Observation } from '@finetune-kit/model'
import { Ndjson } from '@finetune-kit/serialization'
import { writeRecords } from '@finetune-kit/serialization/effect'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Effect from 'effect/Effect'
import * as Option from 'effect/Option'
import * as Stream from 'effect/Stream'
import { cliError } from '../CliError.ts'
import { compressByName } from '../compressByName.ts'
import { assertNoInput } from '../convert/assertDistinctFiles.ts'
import { complain, writeOutput } from '../Io.ts'
import { assertNdjsonName } from './assertNdjsonName.ts'
import { databaseFile, fromStore, hasDefaultDatabase, openExistingRuns, tellDamage } from './database.ts'
import { db } from './db.ts'
import { redact } from './redact.ts'
import { pathArgument } from './pathParam.ts'

/** `finetune export [OUT]` */
export const exportCommand = Command.make(
  'export',
  {
    output: pathArgument('out').pipe(
      Argument.withDescription(
        'The NDJSON file to write, compressed if its name ends in .gz, .zst or .br. Default: standard output',
      ),
      Argument.optional,
      Argument.map(Option.getOrElse(() => '-')),
    ),
    db,
    redact,
  },
  Effect.fnUntraced(function* ({ output, db, redact }) {
    const store = yield* openExistingRuns(db)
    yield* assertNoInput(output, [databaseFile(db)])
    yield* assertNdjsonName(output)
    const bytes = store.exportObservations(undefined, tellDamage(store)).pipe(
      Stream.flatMap(Stream.fromIterable),
      Stream.map(observation => (redact ? redacted(observation) : observation)),
      writeRecords(Ndjson.of(Observation)),
      Stream.mapError(error =>
        cliError(
          error._tag === 'StoreError' ? error.message : `${store.subject}: a record cannot be written.`,
        ),
      ),
    )
    yield* fromStore(writeOutput(output)(compressByName(output)(bytes)))
    // a backup of a database that is elsewhere must not pass for one
    if (db === undefined && !hasDefaultDatabase())
      yield* complain('No database of runs: the export is empty. Pass --db FILE, or set DATABASE_URL.')
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    'Writes all histories, events and checkpoints of a database as observations, in NDJSON. An import of them makes an equal database. ' +
      'Exit code: 0, 1 if a history is damaged, which is written up to there, 2 if the database or the file cannot be used.',
  ),
  Command.withShortDescription('Write a database as observations'),
  Command.withExamples([
    { command: 'finetune export runs.ndjson' },
    { command: 'finetune export --db a.db | finetune import --db b.db -' },
  ]),
)
