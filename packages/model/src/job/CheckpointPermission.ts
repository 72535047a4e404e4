import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { UnixSeconds } from '../UnixSeconds.ts'

const id = describedField(t.string, 'The id of the permission: `cp_…`.')
const object = describedField(t.literal('checkpoint.permission'), 'Always `"checkpoint.permission"`.')

export const CheckpointPermission = describedRecord(
  'CheckpointPermission',
  {
    description: 'The permission of a project to use a checkpoint.',
    source: apiSchemaSource('FineTuningCheckpointPermission'),
    identity: { key: 'id' },
  },
  {
    id,
    object,
    created_at: describedField(UnixSeconds, 'The time of creation.'),
    project_id: describedField(t.string, 'The id of the project.'),
  },
)
export interface CheckpointPermission extends t.TypeOf<typeof CheckpointPermission> {}

export const CheckpointPermissionDeleted = describedRecord(
  'CheckpointPermissionDeleted',
  {
    description: 'The answer to the deletion of a permission.',
    source: apiSchemaSource('DeleteFineTuningCheckpointPermissionResponse'),
  },
  { id, object, deleted: describedField(t.boolean, 'True if the permission is gone.') },
)
export interface CheckpointPermissionDeleted extends t.TypeOf<typeof CheckpointPermissionDeleted> {}

export const CreateCheckpointPermissionRequest = describedRecord(
  'CreateCheckpointPermissionRequest',
  {
    description: 'The request that lets projects use a checkpoint.',
    source: apiSchemaSource('CreateFineTuningCheckpointPermissionRequest'),
  },
  { project_ids: describedField(t.array(t.string), 'The ids of the projects.') },
)
export interface CreateCheckpointPermissionRequest
  extends t.TypeOf<typeof CreateCheckpointPermissionRequest> {}
