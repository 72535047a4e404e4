import { fromEither } from '@finetune-kit/serialization/effect'
import { Client, fromEnvironment, requestsPerMinute, type ToldChange, Watcher } from '@finetune-kit/watch'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Option from 'effect/Option'
import * as Stream from 'effect/Stream'
import { drawError } from '../CliError.ts'
import { complain, exitWith, print } from '../Io.ts'
import { fromStore, openRuns } from './database.ts'
import { db } from './db.ts'
import { execChange } from './execChange.ts'
import { outputStyle } from './outputStyle.ts'
import { fromService, service } from './service.ts'
import { settle } from './settle.ts'
import { announce, changeJson, newTeller, verdict } from './watchWords.ts'

/** `finetune watch [RUN…]` */
export const watch = Command.make(
  'watch',
  {
    runs: Argument.String('run').pipe(
      Argument.withDescription('The id of a run. Default: all runs of the service'),
      Argument.atLeast(0),
    ),
    db,
    ...service,
    until: Flag.Literals('until', ['succeeded', 'ended']).pipe(
      Flag.withMetavar('STATE'),
      Flag.withDescription(
        'Stop when all these runs have ended; with succeeded, also as soon as one fails or is cancelled. Default: ended where runs are named, else never',
      ),
      Flag.withDefault(undefined),
    ),
    exec: Flag.String('exec').pipe(
      Flag.withMetavar('CMD'),
      Flag.withDescription(
        'A command of the shell that is run on each change, with the change as JSON on standard input',
      ),
      Flag.withDefault(undefined),
    ),
    settle,
    format: outputStyle('How to print what happens: in words, or each change as a JSON object a line'),
  },
  Effect.fnUntraced(function* ({ runs, db, until: passed, exec, settle, format, ...flags }) {
    const until = passed ?? (runs.length > 0 ? 'ended' : undefined)
    const options = yield* fromService(fromEither(fromEnvironment(flags)))
    const client = yield* fromService(Client.make({ requestsPerMinute, ...options }))
    const { source: baseUrl, dialect } = client
    const store = yield* openRuns(db)
    const keyName = options.keyName ?? ''
    const isOurs = (other: { readonly baseUrl: string; readonly keyName: string }) =>
      other.baseUrl === baseUrl && other.keyName === keyName
    const watcher = yield* fromStore(
      Watcher.make(store, {
        // the key is for this service alone, whatever else the database watches
        serves: isOurs,
        clientOf: () => Effect.succeed(client),
        pace: { settle },
      }),
    )
    const { apiVersion } = options
    const { connection } = yield* fromStore(watcher.connect({ baseUrl, dialect, apiVersion, keyName }))
    const watches = yield* fromStore(
      Effect.forEach(runs.length === 0 ? [undefined] : runs, run => watcher.watch(connection, run)),
    )
    const isNamed = (key: number) => runs.length > 0 && watches.some(({ watch }) => watch === key)
    const tell = newTeller()
    yield* announce(runs, baseUrl, store.subject)
    const change = (one: ToldChange) =>
      Effect.gen(function* () {
        if (one._tag === 'Watches')
          return verdict(
            one.watches.filter(({ watch }) => runs.length === 0 || isNamed(watch)),
            until,
          )
        const json = changeJson(one)
        const named = 'watch' in one && isNamed(one.watch)
        if (format === 'json' && json !== undefined) yield* print(JSON.stringify(json))
        else yield* tell(one, named)
        if (one._tag === 'Paused' && named) yield* exitWith(2)
        if (exec !== undefined && json !== undefined)
          yield* Effect.catch(execChange(exec, json), error => complain(drawError(error)))
        return undefined
      })
    const code = yield* watcher.told(connection).pipe(
      Stream.mapEffect(change),
      Stream.filter(code => code !== undefined),
      Stream.runHead,
      fromStore,
      Effect.raceFirst(watcher.run),
    )
    const exit = Option.getOrElse(code, () => 0 as const)
    if (exit !== 0) yield* exitWith(exit)
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    'Watches runs of a service, or all of them, keeps in a database all that is seen, and tells what happens. ' +
      'Exit code: 0 if all succeed, 1 if one fails or is cancelled, 2 if one cannot be watched.',
  ),
  Command.withShortDescription('Keep what happens to the runs of a service'),
  Command.withExamples([
    { command: 'finetune watch', description: 'Watch all runs of OpenAI until you stop it' },
    { command: 'finetune watch ftjob-abc ftjob-def --until succeeded && ./deploy.sh' },
    { command: "finetune watch --exec 'jq -r .status'" },
  ]),
)
