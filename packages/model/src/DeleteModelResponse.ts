import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord, describedField } from './describedRecord.ts'

export const DeleteModelResponse = describedRecord(
  'DeleteModelResponse',
  {
    description: 'What the service answers when a fine-tuned model was to be deleted.',
    source: apiSchemaSource('DeleteModelResponse'),
  },
  {
    id: describedField(t.string, 'The name of the model.'),
    object: describedField(t.string, 'Always `"model"`.'),
    deleted: describedField(t.boolean, 'Whether the model is gone.'),
  },
)
export interface DeleteModelResponse extends t.TypeOf<typeof DeleteModelResponse> {}
