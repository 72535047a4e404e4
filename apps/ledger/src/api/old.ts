import { Integer, nullable, record } from '@finetune-kit/codec'
import { Delta } from '@finetune-kit/diff'
import { Curve, RunSummary } from '@finetune-kit/model'
import * as t from 'io-ts'

const Count = record('Count', { value: t.string, count: Integer })

/** A run in the table: the fields of its summary, without those that are null. */
export const RunRow = record(
  'RunRow',
  {
    /** The run in a URL: its id where that is safe there, else its index. */
    key: t.string,
    snapshots: Integer,
  },
  RunSummary.types[0].props,
)
export interface RunRow extends t.TypeOf<typeof RunRow> {}

/** `GET /api/runs`: a page of the runs that match a query, and the rejected lines. */
export const Runs = record('Runs', {
  /** The names of the files. */
  sources: t.array(t.string),
  /** The number of runs, and of those that match the query. */
  total: Integer,
  matched: Integer,
  offset: Integer,
  limit: Integer,
  runs: t.array(RunRow),
  /** The statuses and the families of all runs. */
  statuses: t.array(Count),
  kinds: t.array(Count),
  /** The kinds of the records that belong to no run. */
  unjoined: t.array(Count),
  rejects: t.array(t.string),
  /** The number of rejected records: `rejects` may hold fewer. */
  rejected: Integer,
})
export interface Runs extends t.TypeOf<typeof Runs> {}

const Part = record('Part', {}, { name: t.string, value: t.string, was: t.string, now: t.string })

/** A change in words; the parts of a sentence are our words or come from a record. */
export const Sentence = record('Sentence', {
  /** The kind of change. */
  change: t.string,
  sign: t.string,
  pieces: t.array(t.union([t.string, Part])),
})
export interface Sentence extends t.TypeOf<typeof Sentence> {}

/** `GET /api/runs/:run`: all records of one run, the oldest snapshot first, and its story. */
export const Run = record('Run', {
  key: t.string,
  id: t.string,
  /** The name of the kind of its snapshots. */
  kind: t.string,
  summary: RunRow,
  snapshots: t.array(t.UnknownRecord),
  /** Time at which each snapshot was seen, in Unix seconds, where an observation tells it. */
  seenAt: t.array(nullable(Integer)),
  events: t.array(t.UnknownRecord),
  checkpoints: t.array(t.UnknownRecord),
  curves: t.array(Curve),
  lints: t.array(record('Lint', { path: t.string, message: t.string })),
  story: t.array(
    record('StoryEntry', {
      at: nullable(Integer),
      snapshot: nullable(Integer),
      sentences: t.array(Sentence),
    }),
  ),
})
export interface Run extends t.TypeOf<typeof Run> {}

/** `GET /api/runs/:run/changes/:from/:to`: the changes from one snapshot (from 0) to another. */
export const Changes = record('Changes', {
  delta: Delta.Delta,
  sentences: t.array(Sentence),
  /** The sentences for a terminal. */
  text: t.string,
})

/** The body of any response but 200: one sentence. */
export const ErrorBody = record('ErrorBody', { error: record('ErrorMessage', { message: t.string }) })
