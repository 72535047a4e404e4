import * as t from 'io-ts'
import { apiDescription } from './apiDescription.ts'
import { described, field } from './described.ts'

/** What the service answers when a fine-tuned model was to be deleted. */
export const DeleteModelResponse = described(
  'DeleteModelResponse',
  {
    description: 'What the service answers when a fine-tuned model was to be deleted.',
    source: apiDescription('DeleteModelResponse'),
  },
  {
    /** The name of the model. */
    id: field(t.string, 'The name of the model.'),
    /** Always `"model"`. */
    object: field(t.string, 'Always `"model"`.'),
    /** Whether the model is gone. */
    deleted: field(t.boolean, 'Whether the model is gone.'),
  },
)
export interface DeleteModelResponse extends t.TypeOf<typeof DeleteModelResponse> {}
