import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { UnixSeconds } from './UnixSeconds.ts'

export const Model = describedRecord(
  'Model',
  {
    description: 'A model that the service offers, base or fine-tuned.',
    source: apiSchemaSource('Model'),
    identity: { key: 'id' },
  },
  {
    id: describedField(t.string, 'The name of the model.'),
    object: describedField(t.literal('model'), 'Always `"model"`.'),
    created: describedField(UnixSeconds, 'The time of creation.'),
    owned_by: describedField(t.string, 'The organization that owns the model.'),
  },
  {
    shutdown_date: describedField(nullable(t.string), 'The date when the service shuts the model down.'),
  },
)
export interface Model extends t.TypeOf<typeof Model> {}

export const ModelDeleted = describedRecord(
  'ModelDeleted',
  {
    description: 'The answer to the deletion of a fine-tuned model.',
    source: apiSchemaSource('DeleteModelResponse'),
  },
  {
    id: describedField(t.string, 'The name of the model.'),
    object: describedField(t.literal('model'), 'Always `"model"`.'),
    deleted: describedField(t.boolean, 'True if the model is gone.'),
  },
)
export interface ModelDeleted extends t.TypeOf<typeof ModelDeleted> {}
