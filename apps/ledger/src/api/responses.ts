import { Integer, record } from '@finetune-kit/codec'
import { Delta } from '@finetune-kit/diff'
import * as t from 'io-ts'

/** The answers of the server for records of one codec: it writes them, and the page decodes them. */
export const of = <C extends t.Mixed>(codec: C) => ({
  /** `GET /api/runs`: every run as it was last seen, and the lines that could not be read. */
  Runs: record('Runs', {
    /** The name of the archive. */
    source: t.string,
    runs: t.array(record('RunSummary', { run: t.string, snapshots: Integer, last: codec })),
    rejects: t.array(t.string),
    /** How many records could not be read in all: `rejects` may hold fewer. */
    rejected: Integer,
  }),
  /** `GET /api/runs/:run`: everything that was seen of one run, oldest first. */
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

/** `GET /api/runs/:run/changes/:from/:to`: what changed from one snapshot (counted from 0) to another. */
export const Changes = record('Changes', {
  delta: Delta.Delta,
  /** The same in sentences; their pieces are words of ours or come out of a record, as `Piece` says. */
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

/** Any answer that is not 200: one sentence. */
export const Refusal = record('Refusal', { error: t.string })
