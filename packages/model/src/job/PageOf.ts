import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { Model } from '../Model.ts'
import { OpenAIFileSnapshot } from '../OpenAIFile.ts'
import { snapshotOf } from '../snapshotOf.ts'
import { CheckpointPermission } from './CheckpointPermission.ts'
import { FineTuningJob } from './FineTuningJob.ts'
import { FineTuningJobCheckpoint, FineTuningJobCheckpointSnapshot } from './FineTuningJobCheckpoint.ts'
import { FineTuningJobEvent, FineTuningJobEventSnapshot } from './FineTuningJobEvent.ts'
import { FineTuningJobSnapshot } from './FineTuningJobSnapshot.ts'

/**
 * Derives the codec of one page of a list, newest item first. The next page comes `after` the id of
 * the last item. `name` is the schema's in the API description.
 */
// @__NO_SIDE_EFFECTS__
export const PageOf = <C extends t.Mixed>(item: C, name = `PageOf${item.name}`) =>
  describedRecord(
    name,
    { description: `One page of a list: each item is a ${item.name}.`, source: apiSchemaSource(name) },
    {
      object: describedField(t.literal('list'), 'Always `"list"`.'),
      data: describedField(t.array(item), 'The items.'),
    },
    {
      has_more: describedField(t.boolean, 'True if there are more pages.'),
      first_id: describedField(nullable(t.string), 'The id of the first item; null if there is none.'),
      last_id: describedField(nullable(t.string), 'The id of the last item; null if there is none.'),
    },
  )

/** The codec of a page of snapshots. */
// @__NO_SIDE_EFFECTS__
const pageOfSnapshots = <C extends t.Mixed>(item: C, name: string) =>
  snapshotOf(PageOf(item, name), { name, description: `One page of a list: each item is a ${item.name}.` })

/** A page of jobs by the contract. */
export const ListPaginatedFineTuningJobsResponse = PageOf(
  FineTuningJob,
  'ListPaginatedFineTuningJobsResponse',
)
export interface ListPaginatedFineTuningJobsResponse
  extends t.TypeOf<typeof ListPaginatedFineTuningJobsResponse> {}

/** A page of jobs at any moment of their lives. */
export const ListFineTuningJobSnapshotsResponse = pageOfSnapshots(
  FineTuningJobSnapshot,
  'ListFineTuningJobSnapshotsResponse',
)
export interface ListFineTuningJobSnapshotsResponse
  extends t.TypeOf<typeof ListFineTuningJobSnapshotsResponse> {}

/** A page of the log of a job. */
export const ListFineTuningJobEventsResponse = PageOf(FineTuningJobEvent, 'ListFineTuningJobEventsResponse')
export interface ListFineTuningJobEventsResponse extends t.TypeOf<typeof ListFineTuningJobEventsResponse> {}

/** A page of the log of a job, with null in optional fields. */
export const ListFineTuningJobEventSnapshotsResponse = pageOfSnapshots(
  FineTuningJobEventSnapshot,
  'ListFineTuningJobEventSnapshotsResponse',
)
export interface ListFineTuningJobEventSnapshotsResponse
  extends t.TypeOf<typeof ListFineTuningJobEventSnapshotsResponse> {}

/** A page of the checkpoints of a job. */
export const ListFineTuningJobCheckpointsResponse = PageOf(
  FineTuningJobCheckpoint,
  'ListFineTuningJobCheckpointsResponse',
)
export interface ListFineTuningJobCheckpointsResponse
  extends t.TypeOf<typeof ListFineTuningJobCheckpointsResponse> {}

/** A page of the checkpoints of a job, with null in optional fields. */
export const ListFineTuningJobCheckpointSnapshotsResponse = pageOfSnapshots(
  FineTuningJobCheckpointSnapshot,
  'ListFineTuningJobCheckpointSnapshotsResponse',
)
export interface ListFineTuningJobCheckpointSnapshotsResponse
  extends t.TypeOf<typeof ListFineTuningJobCheckpointSnapshotsResponse> {}

/** A page of the permissions of a checkpoint. */
export const ListCheckpointPermissionsResponse = PageOf(
  CheckpointPermission,
  'ListFineTuningCheckpointPermissionResponse',
)
export interface ListCheckpointPermissionsResponse
  extends t.TypeOf<typeof ListCheckpointPermissionsResponse> {}

/** A page of the permissions of a checkpoint, with null in optional fields. */
export const ListCheckpointPermissionsResponseSnapshot = snapshotOf(ListCheckpointPermissionsResponse, {
  description: 'One page of the permissions of a checkpoint.',
})
export interface ListCheckpointPermissionsResponseSnapshot
  extends t.TypeOf<typeof ListCheckpointPermissionsResponseSnapshot> {}

/** A page of files. */
export const ListFilesResponse = pageOfSnapshots(OpenAIFileSnapshot, 'ListFilesResponse')
export interface ListFilesResponse extends t.TypeOf<typeof ListFilesResponse> {}

/** All models that a client can use. */
export const ListModelsResponse = pageOfSnapshots(Model, 'ListModelsResponse')
export interface ListModelsResponse extends t.TypeOf<typeof ListModelsResponse> {}
