import { dictionary, Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'
import { Suffix } from '../Suffix.ts'
import { withoutNulls } from '../withoutNulls.ts'
import { FineTuningHyperparametersSnapshot } from './FineTuningHyperparameters.ts'
import { FineTuningIntegration } from './FineTuningIntegration.ts'
import { FineTuningMethod } from './FineTuningMethod.ts'

/** What a client sends to start a job. Encoding leaves null and undefined out. */
export const CreateFineTuningJobRequest = withoutNulls(
  describedRecord(
    'CreateFineTuningJobRequest',
    {
      description: 'What a client sends to start a job.',
      source: apiSchemaSource('CreateFineTuningJobRequest'),
    },
    {
      model: describedField(t.string, 'The name of the base model.'),
      training_file: describedField(t.string, 'The id of the file to train on.'),
    },
    {
      validation_file: describedField(nullable(t.string), 'The id of the file to validate on.'),
      method: describedField(nullable(FineTuningMethod), 'How to train.'),
      hyperparameters: describedField(
        nullable(FineTuningHyperparametersSnapshot),
        'What to train with; deprecated in favour of `method`.',
      ),
      suffix: describedField(
        nullable(Suffix(64)),
        'A word of 1 to 64 characters that becomes part of the name of the model.',
      ),
      seed: describedField(nullable(Integer), 'The seed of the job; chosen by the service if there is none.'),
      integrations: describedField(
        nullable(t.array(FineTuningIntegration)),
        'Where else the metrics of the job go.',
      ),
      metadata: describedField(
        nullable(dictionary(t.string)),
        'Whatever the client wants to keep with the job.',
      ),
    },
  ),
)
export interface CreateFineTuningJobRequest extends t.TypeOf<typeof CreateFineTuningJobRequest> {}
