import { storyText } from '@finetune-kit/diff/story'
import { escapeUnprintable } from '@finetune-kit/codec'
import type { Store, StoreError } from '@finetune-kit/store'
import {
  Client,
  fromEnvironment,
  requestsPerMinute,
  SeenRun,
  type Watch,
  type WatchChange,
  Watcher,
} from '@finetune-kit/watch'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Option from 'effect/Option'
import * as Schedule from 'effect/Schedule'
import * as Stream from 'effect/Stream'
import { drawError } from '../CliError.ts'
import { complain, exitWith, look, print } from '../Io.ts'
import { fromStore, openRuns } from './database.ts'
import { db } from './db.ts'
import { execChange } from './execChange.ts'
import { outputStyle } from './outputStyle.ts'
import { fromService, service } from './service.ts'
import { settle } from './settle.ts'

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
      Flag.withDescription(
        'Stop when all these runs have ended; with succeeded, also as soon as one fails or is cancelled. Default: ended where runs are named, else never',
      ),
      Flag.optional,
      Flag.map(Option.getOrUndefined),
    ),
    exec: Flag.String('exec').pipe(
      Flag.withMetavar('CMD'),
      Flag.withDescription(
        'A command of the shell that is run on each change, with the change as JSON on stdin',
      ),
      Flag.optional,
      Flag.map(Option.getOrUndefined),
    ),
    settle,
    format: outputStyle('How to print what happens: in words, or each change as a JSON object a line'),
  },
  Effect.fnUntraced(function* ({ runs, db, until: passed, exec, settle, format, ...flags }) {
    const until = passed ?? (runs.length > 0 ? 'ended' : undefined)
    const found = fromEnvironment(flags)
    const options = yield* fromService(
      found._tag === 'Left' ? Effect.fail(found.left) : Effect.succeed(found.right),
    )
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
    const isAsked = (one: Watch) => one.connection === connection && (runs.length === 0 || isNamed(one.watch))
    const ended = watcher.watches.pipe(
      Effect.map(all => verdict(all.filter(isAsked), until)),
      // a database that is gone for a while is asked again; the watcher tells of it
      Effect.orElseSucceed(() => undefined),
    )
    let toldAt = Date.now()
    const change = (one: WatchChange) =>
      Effect.gen(function* () {
        const json = changeJson(one)
        const named = 'watch' in one && isNamed(one.watch)
        if (format === 'json' && json !== undefined) yield* print(JSON.stringify(json))
        else yield* tell(store, one, named)
        if (one._tag === 'Paused' && named) yield* exitWith(2)
        if (exec !== undefined && json !== undefined)
          yield* Effect.catch(execChange(exec, json), error => complain(drawError(error)))
        toldAt = Date.now()
        return undefined
      })
    // another process may make the last poll, and all of it is told before this one ends
    const isQuiet = () => Date.now() - toldAt > quiet
    const code = yield* Stream.merge(watcher.changes, Stream.fromSchedule(Schedule.spaced(quiet))).pipe(
      Stream.mapEffect(one =>
        typeof one === 'object' ? change(one) : isQuiet() ? ended : Effect.succeed(undefined),
      ),
      Stream.filter(code => code !== undefined),
      Stream.runHead,
      Effect.raceFirst(watcher.run),
    )
    const exit = Option.getOrElse(code, () => 0 as const)
    if (exit !== 0) yield* exitWith(exit)
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    'Watches runs of a service, or all of them, keeps all that the service writes in a database, and tells what happens. ' +
      'Exit code: 0 if all succeed, 1 if one fails or is cancelled, 2 if one cannot be watched.',
  ),
  Command.withShortDescription('Keep what happens to the runs of a service'),
  Command.withExamples([
    { command: 'finetune watch', description: 'Watch all runs of OpenAI until you stop it' },
    { command: 'finetune watch ftjob-abc ftjob-def --until succeeded && ./deploy.sh' },
    { command: "finetune watch --exec 'jq -r .status'" },
  ]),
)

/** A database that is gone for a while is asked again; a run that was deleted is not. */
const duringOutage = {
  schedule: Schedule.spaced('1 second'),
  while: ({ kind }: StoreError) => kind !== 'NotFound',
}

/** Milliseconds without news after which a look tells whether all is over. */
const quiet = 1000

/** The exit code, if there is nothing more to wait for. */
const verdict = (
  watches: ReadonlyArray<Watch>,
  until: 'succeeded' | 'ended' | undefined,
): 0 | 1 | 2 | undefined => {
  const runs = watches.filter(({ runId }) => runId !== undefined)
  const isOver = runs.filter(({ state }) => state === 'ended')
  const failed = isOver.some(({ status }) => status !== 'succeeded')
  if (until === 'succeeded' && failed) return 1
  if (watches.every(({ state }) => state === 'paused')) return 2
  if (until === undefined || watches.some(({ runId, lastPollAt }) => runId === undefined && lastPollAt === 0))
    return undefined
  if (runs.some(({ state }) => state === 'active')) return undefined
  return runs.some(({ state }) => state !== 'ended') ? 2 : failed ? 1 : 0
}

/** A change as `--exec` gets it and `--format json` prints it; undefined for faults, which pass. */
const changeJson = (change: WatchChange): object | undefined => {
  if (change._tag === 'Paused') return { type: 'paused', run: change.runId, reason: change.reason }
  if (change._tag === 'Complete') return { type: 'complete', run: change.runId, status: change.status }
  if (change._tag !== 'Seen') return undefined
  const { runId, run, hasEnded, observations } = change
  return { type: 'seen', run: runId, status: run.status, ended: hasEnded, observations }
}

const tell = (store: Store, change: WatchChange, isNamed: boolean) =>
  Effect.gen(function* () {
    if (change._tag === 'DatabaseFault')
      return yield* complain(change.message, '  Watching goes on after that.')
    if (change._tag === 'DatabaseBack') return yield* complain(`${change.subject}: it can be written again.`)
    const name =
      change.runId === undefined ? 'all runs' : `run ${escapeUnprintable(JSON.stringify(change.runId))}`
    if (change._tag === 'Fault') {
      const seconds = Math.max(0, Math.ceil((change.nextPollAt - Date.now()) / 1000))
      yield* complain(`${name}: ${change.message}`, `  Next attempt in ${seconds} s.`)
    } else if (change._tag === 'Paused') {
      yield* complain(`${name}: paused. ${change.reason}`)
    } else if (change._tag === 'Seen') {
      const stored = Effect.retry(store.run({ id: change.runId }), duringOutage)
      const after = SeenRun.ofStored(yield* fromStore(stored))
      const before = SeenRun.without(after, change.observations)
      const isOld = before.snapshots.length === 0 && change.hasEnded && !isNamed
      const entries = SeenRun.newEntries(before, after)
      if (isOld) yield* print(`${name}: ${change.run.status}, kept`)
      else if (entries.length > 0) yield* print(name, storyText(entries, yield* look).replaceAll(/^/gm, '  '))
    }
    return undefined
  })
