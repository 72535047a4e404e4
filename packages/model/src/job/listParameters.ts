import { dictionary, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { integerFrom } from './bounded.ts'

const page = {
  after: describedField(t.string, 'The id of the last item of the page before.'),
  limit: describedField(integerFrom(1), 'The largest number of items in a page. Default: 20.'),
}

/** The parameters of a list of events or of checkpoints of a job. */
export const ListPageParameters = describedRecord(
  'ListPageParameters',
  {
    description: 'The parameters of a list of events or checkpoints.',
    source: apiSchemaSource('listFineTuningEvents, parameters'),
  },
  {},
  page,
)
export interface ListPageParameters extends t.TypeOf<typeof ListPageParameters> {}

export const ListFineTuningJobsParameters = describedRecord(
  'ListFineTuningJobsParameters',
  {
    description: 'The parameters of a list of jobs.',
    source: apiSchemaSource('listPaginatedFineTuningJobs, parameters'),
  },
  {},
  {
    ...page,
    metadata: describedField(nullable(dictionary(t.string)), 'The labels that jobs must have.'),
  },
)
export interface ListFineTuningJobsParameters extends t.TypeOf<typeof ListFineTuningJobsParameters> {}

export const ListCheckpointPermissionsParameters = describedRecord(
  'ListCheckpointPermissionsParameters',
  {
    description: 'The parameters of a list of permissions.',
    source: apiSchemaSource('listFineTuningCheckpointPermissions, parameters'),
  },
  {},
  {
    ...page,
    order: describedField(OpenEnum('PermissionOrder', ['ascending', 'descending']), 'The order by time.'),
    project_id: describedField(t.string, 'The id of the project.'),
  },
)
export interface ListCheckpointPermissionsParameters
  extends t.TypeOf<typeof ListCheckpointPermissionsParameters> {}

export const ListFilesParameters = describedRecord(
  'ListFilesParameters',
  { description: 'The parameters of a list of files.', source: apiSchemaSource('listFiles, parameters') },
  {},
  {
    ...page,
    order: describedField(OpenEnum('FileOrder', ['asc', 'desc']), 'The order by time.'),
    purpose: describedField(t.string, 'The purpose that files must have.'),
  },
)
export interface ListFilesParameters extends t.TypeOf<typeof ListFilesParameters> {}
