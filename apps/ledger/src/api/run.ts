import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Curve, type Progress } from '@finetune-kit/model'
import * as t from 'io-ts'
import { RunRow } from './RunRow.ts'
import { Sentence } from './Sentence.ts'

/** The server computes it by the model: the page reads it as it is. */
const progress = t.UnknownRecord as unknown as t.Type<Progress>

const Seen = { seen_at: Finite, source: t.string, digest: t.string }

/** One entry of a history, without its record. */
const HistoryEntry = record('HistoryEntry', { n: Integer, ...Seen })

/** When a step was done. */
export const StepTime = record('StepTime', { step: Finite, at: Finite })

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

/** `GET /api/runs/KEY`: one run as it is known; its events and snapshots come apart. */
export const RunDetail = record('RunDetail', {
  key: t.string,
  id: t.string,
  /** The name of the kind of its last snapshot. */
  kind: t.string,
  summary: RunRow,
  /** The last snapshot. */
  record: t.UnknownRecord,
  progress,
  curves: t.readonlyArray(Curve),
  /** The oddities of the last snapshot; `path` is a JSON Pointer. */
  lints: t.readonlyArray(record('Lint', { path: t.string, message: t.string })),
  /** When its steps were done, in Unix seconds. */
  times: t.readonlyArray(StepTime),
  /** The number of its events by level; the events come in pages. */
  levels: t.readonlyArray(record('EventLevelCount', { level: nullable(t.string), count: Integer })),
  checkpoints: t.readonlyArray(t.UnknownRecord),
  sources: t.readonlyArray(record('Source', { name: t.string, first_seen_at: Finite, last_seen_at: Finite })),
  /** The entries of its history, oldest first. */
  history: t.readonlyArray(HistoryEntry),
  /** The first entry that cannot be read, and the reason. */
  damage: nullable(record('Damage', { n: Integer, reason: t.string })),
  /** The news of the run, oldest first; `snapshot` is the number of an entry. */
  story: t.readonlyArray(
    record('StoryEntry', {
      at: nullable(Finite),
      snapshot: nullable(Integer),
      sentences: t.readonlyArray(Sentence),
    }),
  ),
})
export interface RunDetail extends t.TypeOf<typeof RunDetail> {}

/** `GET /api/runs/KEY/snapshots/N`: one entry of a history with its record. */
export const Snapshot = record('Snapshot', { n: Integer, ...Seen, record: t.UnknownRecord })
export interface Snapshot extends t.TypeOf<typeof Snapshot> {}
