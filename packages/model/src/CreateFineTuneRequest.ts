import { Finite, Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord, describedField } from './describedRecord.ts'
import { Suffix } from './Suffix.ts'
import { withoutNulls } from './withoutNulls.ts'

/**
 * The request that starts a legacy fine-tune. The API description calls every field but the first
 * nullable, so decoding takes nulls; the service refused them, so encoding leaves null and
 * undefined out.
 */
export const CreateFineTuneRequest = withoutNulls(
  describedRecord(
    'CreateFineTuneRequest',
    {
      description: 'The request that starts a legacy fine-tune.',
      source: apiSchemaSource('CreateFineTuneRequest'),
    },
    {
      training_file: describedField(t.string, 'The id of the training file.'),
    },
    {
      validation_file: describedField(nullable(t.string), 'The id of the validation file.'),
      model: describedField(nullable(t.string), 'The name of the base model.', { default: 'curie' }),
      n_epochs: describedField(nullable(Integer), 'The number of passes over the training file.', {
        default: 4,
      }),
      batch_size: describedField(
        nullable(Integer),
        'The number of examples in a training step. Default: about 0.2% of them, at most 256.',
      ),
      learning_rate_multiplier: describedField(
        nullable(Finite),
        'The factor for the base learning rate. Default: 0.05, 0.1 or 0.2, by the batch size.',
      ),
      prompt_loss_weight: describedField(nullable(Finite), 'The weight of the loss on the prompt.', {
        default: 0.01,
      }),
      compute_classification_metrics: describedField(
        nullable(t.boolean),
        'True to compute classification metrics on the validation file after every epoch.',
        { default: false },
      ),
      classification_n_classes: describedField(
        nullable(Integer),
        'The number of classes; needed when there are more than two.',
      ),
      classification_positive_class: describedField(
        nullable(t.string),
        'The positive class of a binary classification.',
      ),
      classification_betas: describedField(
        nullable(t.array(Finite)),
        'The betas of the F-beta scores to compute, for a binary classification.',
      ),
      suffix: describedField(
        nullable(Suffix(40)),
        'A word of 1 to 40 characters that becomes part of the name of the model.',
      ),
    },
  ),
)
export interface CreateFineTuneRequest extends t.TypeOf<typeof CreateFineTuneRequest> {}
