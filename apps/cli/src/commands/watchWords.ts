import { escapeUnprintable } from '@finetune-kit/codec'
import { storyText } from '@finetune-kit/diff/story'
import { SeenRun, type ToldChange, type Watch } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import { complain, Io, look, print } from '../Io.ts'
import { pluralize } from '../pluralize.ts'

/** The exit code, if there is nothing more to wait for. */
export const verdict = (
  watches: ReadonlyArray<Watch>,
  until: 'succeeded' | 'ended' | undefined,
): 0 | 1 | 2 | undefined => {
  const runs = watches.filter(({ runId }) => runId !== undefined)
  const isOver = runs.filter(({ state }) => state === 'ended')
  const failed = isOver.some(({ status }) => status !== 'succeeded')
  if (until === 'succeeded' && failed) return 1
  const has = (wanted: Watch['state']) => watches.some(({ state }) => state === wanted)
  if (has('paused') && !has('active')) return 2
  if (until === undefined || watches.some(({ runId, lastPollAt }) => runId === undefined && lastPollAt === 0))
    return undefined
  if (runs.some(({ state }) => state === 'active')) return undefined
  return runs.some(({ state }) => state !== 'ended') ? 2 : failed ? 1 : 0
}

/** A change as `--exec` gets it and `--format json` prints it; undefined for faults, which pass. */
export const changeJson = (change: ToldChange): object | undefined => {
  if (change._tag === 'Paused') return { type: 'paused', run: change.runId, reason: change.reason }
  if (change._tag === 'Complete') return { type: 'complete', run: change.runId, status: change.status }
  if (change._tag !== 'Seen') return undefined
  const { runId, run, hasEnded, observations } = change
  return { type: 'seen', run: runId, status: run.status, ended: hasEnded, observations }
}

/** Tells a person at a terminal what is watched, and where it is kept: it may stay quiet for long. */
export const announce = (
  runs: ReadonlyArray<string>,
  service: string,
  database: string,
): Effect.Effect<void> =>
  Effect.flatMap(Io, ({ stderr }) =>
    stderr.isTTY === true
      ? complain(
          `Watching ${runs.length === 0 ? 'all runs' : pluralize(runs.length, 'run')} of ${service}, kept in ${database}. Press Ctrl-C to stop.`,
        )
      : Effect.void,
  )

/** Tells of changes in words; a reason that has paused several watches, once. */
export const newTeller = () => {
  let reason: string | undefined
  return (change: ToldChange, isNamed: boolean): Effect.Effect<void> => {
    if (change._tag !== 'Paused') return tell(change, isNamed)
    const isKnown = change.reason === reason
    ;({ reason } = change)
    const name = nameOf(change.runId)
    if (!isKnown) return complain(`${name}: paused. ${change.reason}`)
    return isNamed ? complain(`${name}: paused as well.`) : Effect.void
  }
}

const nameOf = (runId: string | undefined): string =>
  runId === undefined ? 'all runs' : `run ${escapeUnprintable(JSON.stringify(runId))}`

const tell = (change: ToldChange, isNamed: boolean): Effect.Effect<void> =>
  Effect.gen(function* () {
    if (change._tag === 'DatabaseFault') yield* complain(change.message, '  Watching continues after that.')
    else if (change._tag === 'DatabaseBack') yield* complain(`${change.subject}: it can be written again.`)
    else if (change._tag === 'Fault') {
      const seconds = Math.max(0, Math.ceil((change.nextPollAt - Date.now()) / 1000))
      const next = change.nextPollAt === 0 ? [] : [`  Next attempt in ${seconds} s.`]
      yield* complain(`${nameOf(change.runId)}: ${change.message}`, ...next)
    } else if (change._tag === 'Seen') {
      const name = nameOf(change.runId)
      const before = SeenRun.see(SeenRun.unseen, change.earlier)
      const entries = SeenRun.newEntries(before, SeenRun.see(before, change.observations))
      const isOld = before.snapshots.length === 0 && change.hasEnded && !isNamed
      if (isOld) yield* print(`${name}: ${change.run.status}, kept`)
      else if (entries.length > 0) yield* print(name, storyText(entries, yield* look).replaceAll(/^/gm, '  '))
    }
  })
