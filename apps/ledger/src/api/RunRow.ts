import { annotate, closed, Finite, Integer, record } from '@finetune-kit/codec'
import { RunSummary } from '@finetune-kit/model'
import * as t from 'io-ts'

/** A run in a list: the fields of its summary, without those that are null. */
export const RunRow = record(
  'RunRow',
  {
    /** The run in a URL: an opaque text. */
    key: t.string,
    tags: t.readonlyArray(t.string),
    note: t.string,
    hidden: t.boolean,
    /** The length of its history. */
    entries: Integer,
    /** The number of its last change, in the order of changes of all runs. */
    seq: Integer,
    /** The place where its last snapshot was seen. */
    source: t.string,
    first_seen_at: Finite,
    last_seen_at: Finite,
  },
  RunSummary.types[0].props,
)
export interface RunRow extends t.TypeOf<typeof RunRow> {}

/** The field that a list is sorted by where no other is chosen. */
export const defaultSort = 'created_at' satisfies keyof RunSummary

/** A tag as a user may write it: a blank one could be neither seen nor clicked. */
const Tag = annotate(
  t.refinement(t.string, tag => tag.trim() !== '', 'string that is not blank'),
  { constraints: { pattern: '\\S' } },
)

/** The body of `PATCH /api/runs/KEY`: what the user says about a run. */
export const RunEdit = closed(
  record('RunEdit', {}, { tags: t.readonlyArray(Tag), note: t.string, hidden: t.boolean }),
)
export interface RunEdit extends t.TypeOf<typeof RunEdit> {}
