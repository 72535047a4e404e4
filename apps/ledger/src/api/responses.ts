import { Integer, record } from '@finetune-kit/codec'
import { Delta } from '@finetune-kit/diff'
import * as t from 'io-ts'

/**
 * The responses of the server for records of one codec: the server encodes them, the page decodes
 * them.
 */
export const of = <C extends t.Mixed>(codec: C) => ({
  /** `GET /api/runs`: each run by its last snapshot, and the rejected lines. */
  Runs: record('Runs', {
    /** The name of the archive. */
    source: t.string,
    runs: t.array(record('RunSummary', { run: t.string, snapshots: Integer, last: codec })),
    rejects: t.array(t.string),
    /** The number of rejected records: `rejects` may hold fewer. */
    rejected: Integer,
  }),
  /** `GET /api/runs/:run`: all snapshots of one run, oldest first. */
  Run: record('Run', { run: t.string, snapshots: t.array(codec) }),
})

const Part = record(
  'Part',
  {},
  {
    name: t.string,
    value: t.string,
    was: t.string,
    now: t.string,
  },
)

/** `GET /api/runs/:run/changes/:from/:to`: the changes from one snapshot (from 0) to another. */
export const Changes = record('Changes', {
  delta: Delta.Delta,
  /** The changes as sentences; their parts are our words or come from a record, as `Piece` says. */
  sentences: t.array(
    record('Sentence', {
      /** The kind of change. */
      change: t.string,
      sign: t.string,
      pieces: t.array(t.union([t.string, Part])),
    }),
  ),
  /** The sentences for a terminal. */
  text: t.string,
})

/** The body of any response but 200: one sentence. */
export const ErrorBody = record('Refusal', { error: t.string })
