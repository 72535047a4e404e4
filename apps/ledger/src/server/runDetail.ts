import { Delta, JsonPatch, JsonPointer } from '@finetune-kit/diff'
import { Change, changeText, sentence, story } from '@finetune-kit/diff/story'
import { curvesOf, eventsOf, lint, progressOf, type Run, stepTimesOf } from '@finetune-kit/model'
import type { RunDetail as StoredRun, SeenSnapshot } from '@finetune-kit/store'
import type * as t from 'io-ts'
import type { Changes } from '../api/changes.ts'
import type { EventPage, RunDetail, Snapshot } from '../api/run.ts'
import { runRow } from './runRow.ts'

/** A run of the store whose last snapshot can be read. */
export interface ReadableRun extends StoredRun {
  readonly kind: NonNullable<StoredRun['kind']>
  readonly last: Run
}

type Record = RunDetail['record']

/** The body for one run. */
export const runDetail = (run: ReadableRun): RunDetail => {
  const { id, kind, snapshots, damage, resources, last } = run
  const seenAt = snapshots.map(snapshot => snapshot.seenAt)
  const entries = story(kind.codec as t.Type<unknown>)(
    snapshots.map(({ value }) => value),
    { ...resources, seenAt },
  )
  const summary = runRow(run)
  return {
    key: summary.key,
    id,
    kind: kind.name,
    summary,
    record: last,
    progress: progressOf(last, resources),
    curves: curvesOf(resources),
    lints: lint(last, resources).map(({ path, message }) => ({
      path: JsonPointer.print(path.map(String)),
      message,
    })),
    times: stepTimesOf(resources),
    levels: [...Map.groupBy(eventsOf(last, resources), ({ level }) => level)].map(([level, some]) => ({
      level,
      count: some.length,
    })),
    checkpoints: resources.checkpoints ?? [],
    sources: sourcesOf(snapshots),
    history: snapshots.map((snapshot, n) => Object.assign({ n }, seen(snapshot))),
    damage: damage ?? null,
    story: entries.map(({ at, snapshot, changes }) => ({ at, snapshot, sentences: sentencesOf(changes) })),
  }
}

/** The part of a run's events that is asked for: see the definition of the endpoint. */
export interface EventQuery {
  readonly level?: string | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** The body for a page of events, newest first. */
export const eventPage = (
  { last, resources }: ReadableRun,
  { level, offset = 0, limit = 100 }: EventQuery,
): EventPage => {
  const events = eventsOf(last, resources).filter(
    event => level === undefined || (event.level ?? '') === level,
  )
  const page = events.toReversed().slice(offset, offset + limit)
  return {
    events: page.map(({ at, level, raw, error }) => ({ at, level, message: raw, error })),
    total: events.length,
  }
}

/** The body for one entry of a history. */
export const snapshotBody = (snapshot: SeenSnapshot, n: number): Snapshot => ({
  n,
  ...seen(snapshot),
  record: snapshot.value as Record,
})

const seen = ({ seenAt, source, digest }: SeenSnapshot) => ({ seen_at: seenAt, source, digest })

const sourcesOf = (snapshots: ReadonlyArray<SeenSnapshot>): RunDetail['sources'] =>
  [...Map.groupBy(snapshots, ({ source }) => source)].map(([name, seen]) => ({
    name,
    first_seen_at: Math.min(...seen.map(({ seenAt }) => seenAt)),
    last_seen_at: Math.max(...seen.map(({ seenAt }) => seenAt)),
  }))

/** The body for the changes from one snapshot to another. */
export const changesBody = ({ kind }: ReadableRun, a: unknown, b: unknown): Changes => {
  const codec = kind.codec as t.Type<unknown>
  const changes = Change.of(codec)(a, b)
  const delta = Delta.of(codec).diff(a, b)
  return {
    delta,
    patch: JsonPatch.ofDelta(delta),
    sentences: sentencesOf(changes),
    text: changeText(changes),
  }
}

const sentencesOf = (changes: ReadonlyArray<Change.Change>) =>
  changes.map(change => {
    const { sign, pieces } = sentence(change)
    return { change: change._tag, sign, pieces: [...pieces] }
  })
