import { Delta, JsonPatch, JsonPointer } from '@finetune-kit/diff'
import { Change, changeText, sentence, foldEntries, story } from '@finetune-kit/diff/story'
import { eventsOf, lint, progressOf, type Run } from '@finetune-kit/model'
import type { RunDetail as StoredRun, SeenSnapshot } from '@finetune-kit/store'
import type * as t from 'io-ts'
import type { Changes } from '../api/changes.ts'
import type { CheckpointPage, EventPage, RunDetail, Snapshot, StoryPage } from '../api/run.ts'
import { briefRecord } from './briefRecord.ts'
import { runRow } from './runRow.ts'

/** A run of the store whose last snapshot can be read. */
export interface ReadableRun extends StoredRun {
  readonly kind: NonNullable<StoredRun['kind']>
  readonly last: Run
}

type Record = RunDetail['record']

/** The most entries of a history, places, levels and oddities in the body for one run. */
const [maxEntries, maxSources, maxLevels, maxLints] = [300, 50, 50, 100]

/** The body for one run. */
export const runDetail = (run: ReadableRun): RunDetail => {
  const { id, kind, snapshots, damage, resources, last } = run
  const times = new Map(storyOf(run).map(({ snapshot, at }) => [snapshot, at]))
  const summary = runRow(run)
  const { record, leftOut } = briefRecord(last)
  return {
    key: summary.key,
    id,
    kind: kind.name,
    summary,
    record,
    left_out: leftOut,
    progress: courseOf(run),
    lints: lint(last, resources)
      .slice(0, maxLints)
      .map(({ path, message }) => ({
        path: JsonPointer.print(path.map(String)),
        message,
      })),
    levels: [...Map.groupBy(logOf(run), ({ level }) => level)]
      .slice(0, maxLevels)
      .map(([level, some]) => ({ level, count: some.length })),
    checkpoints: resources.checkpoints?.length ?? 0,
    sources: sourcesOf(snapshots).slice(-maxSources),
    snapshots: snapshots.length,
    history: snapshots
      .map((snapshot, n) => Object.assign({ n, at: times.get(n) ?? null }, seen(snapshot)))
      .slice(-maxEntries),
    damage: damage ?? null,
  }
}

/** Derives a value from all records of a run once, for all answers that need it. */
const oncePerRun = <A extends object>(derive: (run: ReadableRun) => A): ((run: ReadableRun) => A) => {
  const derived = new WeakMap<ReadableRun, A>()
  return run => {
    const value = derived.get(run) ?? derive(run)
    derived.set(run, value)
    return value
  }
}

/** The news of a run, oldest first. */
const storyOf = oncePerRun(({ kind, snapshots, resources }) =>
  foldEntries(
    story(kind.codec as t.Type<unknown>)(
      snapshots.map(({ value }) => value),
      { ...resources, seenAt: snapshots.map(snapshot => snapshot.seenAt) },
    ),
  ),
)

/** The events of a run, oldest first. */
const logOf = oncePerRun(({ last, resources }) => eventsOf(last, resources))

/** The course of a run. */
export const courseOf = oncePerRun(({ last, resources }) => progressOf(last, resources))

/** A part of a list. */
export interface PageQuery {
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** The most changes of one entry of a story. */
const maxChanges = 40

/** The body for a page of the news of a run, newest first. */
export const storyPage = (run: ReadableRun, { offset = 0, limit = 100 }: PageQuery): StoryPage => {
  const entries = storyOf(run).toReversed()
  return {
    entries: entries.slice(offset, offset + limit).map(({ at, snapshot, changes }) => ({
      at,
      snapshot,
      sentences: sentencesOf(changes.slice(0, maxChanges)),
      more: Math.max(0, changes.length - maxChanges),
    })),
    total: entries.length,
  }
}

/** The body for a page of checkpoints. */
export const checkpointPage = (
  { resources: { checkpoints = [] } }: ReadableRun,
  { offset = 0, limit = 100 }: PageQuery,
): CheckpointPage => ({
  checkpoints: checkpoints.slice(offset, offset + limit),
  total: checkpoints.length,
})

/** The part of a run's events that is asked for: see the definition of the endpoint. */
export interface EventQuery extends PageQuery {
  readonly level?: string | undefined
}

/** The body for a page of events, newest first. */
export const eventPage = (run: ReadableRun, { level, offset = 0, limit = 100 }: EventQuery): EventPage => {
  const events = logOf(run).filter(event => level === undefined || (event.level ?? '') === level)
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
