import { annotate, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describedRecord, describedField } from '../describedRecord.ts'
import { FineTuneEvent } from '../FineTuneEvent.ts'
import { fields } from '../FineTuneFields.ts'
import { FineTuneHyperparamsSnapshot } from '../FineTuneHyperparams.ts'
import { OpenAIFile } from '../OpenAIFile.ts'

/** Where a run of Azure's stands. Other words may come. */
export const AzureFineTuneStatus = annotate(
  OpenEnum('AzureFineTuneStatus', ['notRunning', 'running', 'succeeded', 'canceled', 'failed', 'deleted']),
  { description: "Where a run of Azure's stands." },
)
export type AzureFineTuneStatus = t.TypeOf<typeof AzureFineTuneStatus>

const common = fields(nullable(t.string), FineTuneHyperparamsSnapshot)

/**
 * A fine-tune as Azure's service writes it: without an organization, with null or no lists where they are empty, with
 * other words for the status, and with more about each file.
 */
export const AzureFineTune = describedRecord(
  'AzureFineTune',
  {
    description: "A fine-tune as Azure's service writes it.",
    source: 'Azure OpenAI REST API, 2022-12-01, schema FineTune',
    identity: { key: 'id' },
  },
  {
    id: common.id,
    object: common.object,
    created_at: common.created_at,
    updated_at: common.updated_at,
    model: common.model,
    hyperparams: common.hyperparams,
    training_files: common.training_files,
    status: describedField(AzureFineTuneStatus, 'Where the run stands.'),
  },
  {
    fine_tuned_model: common.fine_tuned_model,
    organization_id: describedField(nullable(t.string), 'The organization whose run it is.'),
    validation_files: describedField(nullable(t.array(OpenAIFile)), 'What the run is validated on.'),
    result_files: describedField(
      nullable(t.array(OpenAIFile)),
      'What the service wrote about the run: its metrics, once it has succeeded.',
    ),
    events: describedField(nullable(t.array(FineTuneEvent)), 'What has happened so far, oldest first.'),
  },
)
export interface AzureFineTune extends t.TypeOf<typeof AzureFineTune> {}
