import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'
import { FineTuningJob } from './FineTuningJob.ts'
import { FineTuningJobCheckpoint } from './FineTuningJobCheckpoint.ts'
import { FineTuningJobEvent } from './FineTuningJobEvent.ts'
import { FineTuningJobSnapshot } from './FineTuningJobSnapshot.ts'

/**
 * The codec of one page of a list of these, newest first. The next page is what comes `after` the id of the last item.
 * `name` is the schema's in the API description.
 */
export const PageOf = <C extends t.Mixed>(item: C, name = `PageOf${item.name}`) =>
  describedRecord(
    name,
    { description: `One page of a list: each item is a ${item.name}.`, source: apiSchemaSource(name) },
    {
      object: describedField(t.string, 'Always `"list"`.'),
      data: describedField(t.array(item), 'The items.'),
    },
    {
      has_more: describedField(t.boolean, 'Whether there are more pages.'),
      first_id: describedField(nullable(t.string), 'The id of the first item; null when there is none.'),
      last_id: describedField(nullable(t.string), 'The id of the last item; null when there is none.'),
    },
  )

/** A page of jobs, as the documentation describes them. */
export const ListPaginatedFineTuningJobsResponse = PageOf(
  FineTuningJob,
  'ListPaginatedFineTuningJobsResponse',
)
export interface ListPaginatedFineTuningJobsResponse
  extends t.TypeOf<typeof ListPaginatedFineTuningJobsResponse> {}

/** A page of jobs at any moment of their lives. */
export const ListFineTuningJobSnapshotsResponse = PageOf(
  FineTuningJobSnapshot,
  'ListFineTuningJobSnapshotsResponse',
)
export interface ListFineTuningJobSnapshotsResponse
  extends t.TypeOf<typeof ListFineTuningJobSnapshotsResponse> {}

/** A page of the log of a job. */
export const ListFineTuningJobEventsResponse = PageOf(FineTuningJobEvent, 'ListFineTuningJobEventsResponse')
export interface ListFineTuningJobEventsResponse extends t.TypeOf<typeof ListFineTuningJobEventsResponse> {}

/** A page of the checkpoints of a job. */
export const ListFineTuningJobCheckpointsResponse = PageOf(
  FineTuningJobCheckpoint,
  'ListFineTuningJobCheckpointsResponse',
)
export interface ListFineTuningJobCheckpointsResponse
  extends t.TypeOf<typeof ListFineTuningJobCheckpointsResponse> {}
