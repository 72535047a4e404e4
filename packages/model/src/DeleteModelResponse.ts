import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord, describedField } from './describedRecord.ts'

/** What the service answers when a fine-tuned model was to be deleted. */
export const DeleteModelResponse = describedRecord(
  'DeleteModelResponse',
  {
    description: 'What the service answers when a fine-tuned model was to be deleted.',
    source: apiSchemaSource('DeleteModelResponse'),
  },
  {
    /** The name of the model. */
    id: describedField(t.string, 'The name of the model.'),
    /** Always `"model"`. */
    object: describedField(t.string, 'Always `"model"`.'),
    /** Whether the model is gone. */
    deleted: describedField(t.boolean, 'Whether the model is gone.'),
  },
)
export interface DeleteModelResponse extends t.TypeOf<typeof DeleteModelResponse> {}
