import { Integer, record } from '@finetune-kit/codec'
import { Delta, JsonPatch } from '@finetune-kit/diff'
import * as t from 'io-ts'
import { RunRow } from './RunRow.ts'
import { Sentence } from './Sentence.ts'

/** `GET /api/runs/KEY/changes/FROM/TO`: the changes from one entry of a history to another. */
export const Changes = record('Changes', {
  delta: Delta.Delta,
  patch: JsonPatch.JsonPatch,
  sentences: t.readonlyArray(Sentence),
  /** The sentences for a terminal. */
  text: t.string,
})
export interface Changes extends t.TypeOf<typeof Changes> {}

/** An event of `GET /api/changes`: the runs that changed since the event before. */
export const ChangeNotice = record('ChangeNotice', {
  /** The cursor to continue from: also the id of the event. */
  seq: Integer,
  runs: t.readonlyArray(RunRow),
  /** The keys of the runs that were deleted. */
  deleted: t.readonlyArray(t.string),
  /** False if more runs changed than are listed. */
  complete: t.boolean,
  /** Names the server that runs: another one may have another database. */
  server: t.string,
})
export interface ChangeNotice extends t.TypeOf<typeof ChangeNotice> {}

/** An event of `GET /api/changes`: what is watched changed. `GET /api/watches` tells it. */
export const WatchNotice = record('WatchNotice', {
  /** Another one than in the event before. */
  version: t.string,
})
export interface WatchNotice extends t.TypeOf<typeof WatchNotice> {}
