import { annotate, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import { orNull } from '../snapshotOf.ts'

/** The status of a run at Azure. Other words may come. */
export const AzureFineTuneStatus = annotate(
  OpenEnum('AzureFineTuneStatus', ['notRunning', 'running', 'succeeded', 'canceled', 'failed', 'deleted']),
  { description: 'The status of a run at Azure.' },
)
export type AzureFineTuneStatus = t.TypeOf<typeof AzureFineTuneStatus>

const [{ props }, { props: optional }] = FineTuneSnapshot.types

/**
 * A legacy fine-tune as Azure's service sends it: without an organization, with null or no lists
 * where they are empty, with other words for the status, and with more about each file.
 */
export const AzureFineTune = describedRecord(
  'AzureFineTune',
  {
    description: "A legacy fine-tune as Azure's service sends it.",
    source: 'Azure OpenAI REST API, 2022-12-01, schema FineTune',
    identity: { key: 'id' },
  },
  {
    id: props.id,
    object: props.object,
    created_at: props.created_at,
    updated_at: props.updated_at,
    model: props.model,
    hyperparams: props.hyperparams,
    training_files: props.training_files,
    status: describedField(AzureFineTuneStatus, 'The status of the run.'),
  },
  orNull({
    fine_tuned_model: props.fine_tuned_model,
    organization_id: describedField(nullable(t.string), 'The organization that owns the run.'),
    validation_files: props.validation_files,
    result_files: props.result_files,
    events: optional.events,
  }),
)
export interface AzureFineTune extends t.TypeOf<typeof AzureFineTune> {}
