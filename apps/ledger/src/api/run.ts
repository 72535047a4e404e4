import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import type { Progress } from '@finetune-kit/model'
import * as t from 'io-ts'
import { RunRow } from './RunRow.ts'
import { Sentence } from './Sentence.ts'

/** The server computes it by the model: the page reads it as it is. */
const progress = t.UnknownRecord as unknown as t.Type<Progress>

const Seen = { seen_at: Finite, source: t.string, digest: t.string }

/** One entry of a history, without its record. */
const HistoryEntry = record('HistoryEntry', {
  n: Integer,
  /** The time that the record tells of, in Unix seconds. */
  at: nullable(Finite),
  ...Seen,
})

/** An event of a run of either family. */
const LoggedEvent = record('LoggedEvent', {
  at: Finite,
  level: nullable(t.string),
  message: t.string,
  /** The details of an error. */
  error: nullable(t.string),
})

/** `GET /api/runs/KEY/events`: a page of the events of a run, newest first. */
export const EventPage = record('EventPage', {
  events: t.readonlyArray(LoggedEvent),
  /** The number of events of the level. */
  total: Integer,
})
export interface EventPage extends t.TypeOf<typeof EventPage> {}

/** `GET /api/runs/KEY/story`: a page of the news of a run, newest first. */
export const StoryPage = record('StoryPage', {
  entries: t.readonlyArray(
    record('StoryEntry', {
      at: nullable(Finite),
      /** The number of an entry of its history. */
      snapshot: nullable(Integer),
      sentences: t.readonlyArray(Sentence),
      /** The number of further changes, which are left out. */
      more: Integer,
    }),
  ),
  total: Integer,
})
export interface StoryPage extends t.TypeOf<typeof StoryPage> {}

/** `GET /api/runs/KEY/checkpoints`: a page of the checkpoints of a run, in the order they came. */
export const CheckpointPage = record('CheckpointPage', {
  checkpoints: t.readonlyArray(t.UnknownRecord),
  total: Integer,
})
export interface CheckpointPage extends t.TypeOf<typeof CheckpointPage> {}

/**
 * `GET /api/runs/KEY`: one run as it is known. Its curves, events, checkpoints, story and snapshots
 * come apart.
 */
export const RunDetail = record('RunDetail', {
  key: t.string,
  id: t.string,
  /** The name of the kind of its last snapshot. */
  kind: t.string,
  summary: RunRow,
  /** The last snapshot; what is very long in it is cut. */
  record: t.UnknownRecord,
  /** The number of values of the last snapshot that are left out or cut. */
  left_out: Integer,
  progress,
  /** The oddities of the last snapshot; `path` is a JSON Pointer. */
  lints: t.readonlyArray(record('Lint', { path: t.string, message: t.string })),
  /** The number of its events by level; the events come in pages. */
  levels: t.readonlyArray(record('EventLevelCount', { level: nullable(t.string), count: Integer })),
  /** The number of its checkpoints. */
  checkpoints: Integer,
  /** The places where it was seen: the last fifty. */
  sources: t.readonlyArray(record('Source', { name: t.string, first_seen_at: Finite, last_seen_at: Finite })),
  /** The number of the entries of its history that can be read. */
  snapshots: Integer,
  /** The last three hundred of them, oldest first. */
  history: t.readonlyArray(HistoryEntry),
  /** The first entry that cannot be read, and the reason. */
  damage: nullable(record('Damage', { n: Integer, reason: t.string, remedy: t.string })),
})
export interface RunDetail extends t.TypeOf<typeof RunDetail> {}

/** `GET /api/runs/KEY/snapshots/N`: one entry of a history with its record, whole. */
export const Snapshot = record('Snapshot', { n: Integer, ...Seen, record: t.UnknownRecord })
export interface Snapshot extends t.TypeOf<typeof Snapshot> {}
