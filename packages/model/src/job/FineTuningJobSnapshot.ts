import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describedField } from '../describedRecord.ts'
import { snapshotOf } from '../snapshotOf.ts'
import { UnixSeconds } from '../UnixSeconds.ts'
import { FineTuningHyperparametersSnapshot } from './FineTuningHyperparameters.ts'
import { FineTuningIntegrationSnapshot } from './FineTuningIntegration.ts'
import { FineTuningJob } from './FineTuningJob.ts'
import { FineTuningJobErrorSnapshot } from './FineTuningJobError.ts'
import { FineTuningMethodSnapshot } from './FineTuningMethodSnapshot.ts'

/**
 * A fine-tuning job at any moment of its life and of any year, of OpenAI, of Azure and of
 * compatible servers, which leave out what is null.
 */
export const FineTuningJobSnapshot = snapshotOf(FineTuningJob, {
  description: 'A fine-tuning job at any moment, as OpenAI, Azure and compatible servers send it.',
  mayBeAbsent: [
    'fine_tuned_model',
    'organization_id',
    'training_file',
    'validation_file',
    'result_files',
    'finished_at',
    'hyperparameters',
    'trained_tokens',
    'error',
    'seed',
  ],
  replaced: {
    hyperparameters: FineTuningHyperparametersSnapshot,
    error: nullable(FineTuningJobErrorSnapshot),
    integrations: nullable(t.array(FineTuningIntegrationSnapshot)),
    method: nullable(FineTuningMethodSnapshot),
  },
  undocumented: {
    user_provided_suffix: describedField(t.string, 'The suffix that the client asked for.'),
    shared_with_openai: describedField(t.boolean, 'True if the data of the job is shared with OpenAI.'),
    eval_id: describedField(t.string, 'The id of the evaluation that the job belongs to.'),
    usage_metrics: describedField(t.unknown, 'The usage of the job.'),
    suffix: describedField(t.string, 'The suffix that the client asked for, at Azure.'),
    updated_at: describedField(UnixSeconds, 'The time of the last change, at Azure.', { order: 'ascending' }),
  },
})
export interface FineTuningJobSnapshot extends t.TypeOf<typeof FineTuningJobSnapshot> {}
