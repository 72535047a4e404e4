import { Observation } from '@finetune-kit/model'
import { Ndjson } from '@finetune-kit/serialization'
import { writeRecords } from '@finetune-kit/serialization/effect'
import type { Store } from '@finetune-kit/store'
import { type Client, type PulledRun, pullRuns, type ServiceError } from '@finetune-kit/watch'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { cliError } from '../CliError.ts'
import { compressByName } from '../compressByName.ts'
import { complain, exitWith, isStdout, print, writeOutput } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { withProgressLine } from '../withProgressLine.ts'
import { assertNdjsonName } from './assertNdjsonName.ts'
import { fromStore, openRuns } from './database.ts'
import { db } from './db.ts'
import { readPulled } from './readPulled.ts'
import { outputStyle } from './outputStyle.ts'
import { openClient, service } from './service.ts'
import { unixTime } from './unixTime.ts'
import { pathArgument } from './pathParam.ts'

/** `finetune pull [OUT]` */
export const pull = Command.make(
  'pull',
  {
    output: pathArgument('out').pipe(
      Argument.withDescription(
        'The NDJSON file to write or to continue, also compressed. Default: the database',
      ),
      Argument.withDefault(undefined),
    ),
    db,
    ...service,
    since: Flag.String('since').pipe(
      Flag.withMetavar('TIME'),
      Flag.withDescription(
        'Only runs that were created since: a date such as 2025-06-30, in UTC, or Unix seconds',
      ),
      Flag.withDefault(undefined),
    ),
    format: outputStyle('How to print the counts: as a sentence, or as a JSON object'),
  },
  Effect.fnUntraced(function* ({ output, db, since: text, format, ...flags }) {
    const since = text === undefined ? undefined : unixTime(text)
    if (text !== undefined && since === undefined)
      return yield* Effect.fail(
        cliError('--since: not a time. Pass a date such as 2025-06-30, or Unix seconds.'),
      )
    if (output !== undefined && db !== undefined)
      return yield* Effect.fail(cliError('--db: a file is named as well. Pass one of them.'))
    const client = yield* openClient(flags)
    const tally: PullTally = { runs: 0, changed: 0, observations: 0, failed: 0 }
    const pulled =
      output === undefined
        ? intoStore(client, yield* openRuns(db), since, tally)
        : intoFile(client, output, since, tally)
    yield* withProgressLine(() => `${tally.runs} runs, ${tally.observations} new observations`)(pulled)
    // a pipe gets the observations and nothing else
    const tell = output !== undefined && isStdout(output) ? complain : print
    yield* tell(format === 'json' ? JSON.stringify(tally) : tallyText(tally))
    if (tally.failed > 0) yield* exitWith(1)
    return undefined
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    'Reads all runs of a service once, with their events, checkpoints and result files, into a file of observations or a database. ' +
      'Run again, it adds only what is new. Exit code: 0, 1 if a run cannot be read, 2 if the service, the file or the database cannot be used.',
  ),
  Command.withShortDescription('Keep all runs of a service'),
  Command.withExamples([
    { command: 'finetune pull runs.ndjson.zst' },
    { command: 'finetune pull --db runs.db --since 2025-01-01' },
    { command: 'finetune pull --base-url https://lab.openai.azure.com --api-version 2024-10-21 runs.ndjson' },
  ]),
)

/** The counts of a pull so far. */
interface PullTally {
  runs: number
  changed: number
  observations: number
  failed: number
}

const tallyText = ({ runs, changed, observations, failed }: PullTally): string =>
  `${pluralize(runs, 'run')}, ${changed} with news: ${pluralize(observations, 'new observation')}${failed === 0 ? '' : `. ${failed} could not be read`}`

/** The words of an error, for somebody who pulls once: a watcher asks again by itself. */
const messageOf = ({ message }: ServiceError): string =>
  message.replace(/\bIt is (?:asked|tried) again (?=later|after that)/u, 'Pull again ')

/** Counts a run and names its faults; its observations for a file or for a store. */
const taken =
  (tally: PullTally, where: 'observations' | 'forStore') =>
  (run: PulledRun): Effect.Effect<ReadonlyArray<Observation>> =>
    Effect.gen(function* () {
      tally.runs++
      if (run._tag === 'Failed') {
        tally.failed++
        yield* complain(messageOf(run.error))
        return []
      }
      yield* complain(...run.odd.map(words => `${run.id}: a record is not kept: ${words}`))
      if (run.observations.length > 0) tally.changed++
      tally.observations += run.observations.length
      return run[where]
    })

const intoStore = (client: Client.Client, store: Store, since: number | undefined, tally: PullTally) =>
  pullRuns(client, {
    since,
    knownRun: id =>
      Effect.map(store.lastRecord(id), snapshot => ({
        items: (ids: ReadonlyArray<string>) => store.knownItems(id, ids),
        snapshot,
      })),
  }).pipe(
    Stream.mapEffect(taken(tally, 'forStore')),
    Stream.runForEach(observations => store.append(observations)),
    fromStore,
    Effect.mapError(error => (error._tag === 'ServiceError' ? cliError(messageOf(error)) : error)),
  )

/** Writes the whole file again: its old content, then what is new. It appears whole or not at all. */
const intoFile = (client: Client.Client, path: string, since: number | undefined, tally: PullTally) =>
  Effect.gen(function* () {
    yield* assertNdjsonName(path)
    const { known, bytes } = yield* readPulled(path)
    const added = pullRuns(client, { since, knownRun: id => Effect.succeed(known(id)) }).pipe(
      Stream.mapEffect(taken(tally, 'observations')),
      Stream.flatMap(Stream.fromIterable),
      writeRecords(Ndjson.of(Observation)),
      Stream.mapError(error =>
        error._tag === 'ServiceError'
          ? cliError(messageOf(error))
          : cliError(`${path}: a record cannot be written. Pull into a database (--db FILE).`),
      ),
    )
    yield* writeOutput(path)(compressByName(path)(Stream.concat(bytes, added)))
  })
