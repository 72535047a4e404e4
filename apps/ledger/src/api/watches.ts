import { closed, Finite, Integer, nullable, OpenEnum, record } from '@finetune-kit/codec'
import { watchStates } from '@finetune-kit/model'
import * as t from 'io-ts'

/** A run of a service that is watched, or all of its runs. Times are Unix seconds. */
export const Watch = record('Watch', {
  id: Integer,
  /** The id of its connection. */
  connection: Integer,
  /** The id of the run; null for all runs of the service. */
  run_id: nullable(t.string),
  state: OpenEnum('WatchState', watchStates),
  /** The last known status of the run. */
  status: nullable(t.string),
  /** The error of the last poll, or the reason of a pause, in words. */
  fault: nullable(t.string),
  last_poll_at: nullable(Finite),
  next_poll_at: nullable(Finite),
})
export interface Watch extends t.TypeOf<typeof Watch> {}

/** `GET /api/watches`: a page of the watches of a filter, the newest first. */
export const WatchList = record('WatchList', {
  watches: t.readonlyArray(Watch),
  /** The `before` of the next page. */
  next: nullable(Integer),
})
export interface WatchList extends t.TypeOf<typeof WatchList> {}

/** The body of `POST /api/watches`: a run of a connection, or all runs where the id is null. */
export const NewWatch = closed(record('NewWatch', { connection: Integer }, { run_id: nullable(t.string) }))
export interface NewWatch extends t.TypeOf<typeof NewWatch> {}

/** The body of `PATCH /api/watches/ID`. */
export const WatchEdit = closed(
  record('WatchEdit', { state: t.keyof({ active: null, paused: null, stopped: null }) }),
)
export interface WatchEdit extends t.TypeOf<typeof WatchEdit> {}
