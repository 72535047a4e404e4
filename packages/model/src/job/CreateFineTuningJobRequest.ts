import { dictionary, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { Suffix } from '../Suffix.ts'
import { withoutNulls } from '../withoutNulls.ts'
import { integerFrom, positive } from './bounded.ts'
import { type HyperparameterNumbers, hyperparametersOf } from './FineTuningHyperparameters.ts'
import { FineTuningIntegration } from './FineTuningIntegration.ts'
import { methodOf } from './FineTuningMethod.ts'

/** The documented bounds of hyperparameters. */
const bounds: HyperparameterNumbers = {
  epochs: integerFrom(1, 50),
  batchSize: integerFrom(1, 256),
  learningRate: positive(),
  beta: positive(2),
  computeMultiplier: positive(10),
  count: integerFrom(1),
}

/**
 * The request that starts a job. Encoding leaves null and undefined out. Unknown keys stay, as
 * everywhere; `closed(CreateFineTuningJobRequest)` refuses misspelt ones.
 */
export const CreateFineTuningJobRequest = withoutNulls(
  describedRecord(
    'CreateFineTuningJobRequest',
    {
      description: 'The request that starts a job.',
      source: apiSchemaSource('CreateFineTuningJobRequest'),
    },
    {
      model: describedField(t.string, 'The name of the base model.'),
      training_file: describedField(t.string, 'The id of the training file.'),
    },
    {
      validation_file: describedField(nullable(t.string), 'The id of the validation file.'),
      method: describedField(nullable(methodOf(bounds)), 'The method of the training.'),
      hyperparameters: describedField(
        nullable(hyperparametersOf(bounds).supervised),
        'The hyperparameters; deprecated, use `method`.',
      ),
      suffix: describedField(
        nullable(Suffix(64)),
        'A text of 1 to 64 characters that becomes part of the name of the model.',
      ),
      seed: describedField(
        nullable(integerFrom(0, 2_147_483_647)),
        'The seed of the job. Default: chosen by the service.',
      ),
      integrations: describedField(
        nullable(t.array(FineTuningIntegration)),
        'The services that also receive the metrics of the job.',
      ),
      metadata: describedField(nullable(dictionary(t.string)), 'The labels that the client gives the job.'),
    },
  ),
)
export interface CreateFineTuningJobRequest extends t.TypeOf<typeof CreateFineTuningJobRequest> {}
