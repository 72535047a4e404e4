import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { FineTune } from './FineTune.ts'
import { FineTuneEvent } from './FineTuneEvent.ts'
import { FineTuneSnapshot } from './FineTuneSnapshot.ts'

/**
 * Derives the codec of a whole list, as the legacy service sends it: `{ "object": "list", "data":
 * […] }`. `name` is the schema's in the API description.
 */
// @__NO_SIDE_EFFECTS__
export const ListOf = <C extends t.Mixed>(item: C, name = `ListOf${item.name}`) =>
  describedRecord(
    name,
    { description: `A whole list: each item is a ${item.name}.`, source: apiSchemaSource(name) },
    {
      object: describedField(t.string, 'Always `"list"`.'),
      data: describedField(t.array(item), 'The items.'),
    },
  )

/** All runs of an organization by the contract, oldest first. */
export const ListFineTunesResponse = ListOf(FineTune, 'ListFineTunesResponse')
export interface ListFineTunesResponse extends t.TypeOf<typeof ListFineTunesResponse> {}

/** All runs of an organization at any moment of their lives, oldest first. */
export const ListFineTuneSnapshotsResponse = ListOf(FineTuneSnapshot, 'ListFineTuneSnapshotsResponse')
export interface ListFineTuneSnapshotsResponse extends t.TypeOf<typeof ListFineTuneSnapshotsResponse> {}

/** The log of a run, oldest event first. */
export const ListFineTuneEventsResponse = ListOf(FineTuneEvent, 'ListFineTuneEventsResponse')
export interface ListFineTuneEventsResponse extends t.TypeOf<typeof ListFineTuneEventsResponse> {}
