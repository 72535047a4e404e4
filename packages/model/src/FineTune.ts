import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { FineTuneEvent } from './FineTuneEvent.ts'
import { FineTuneHyperparams } from './FineTuneHyperparams.ts'
import { FineTuneStatus } from './FineTuneStatus.ts'
import { OpenAIFile } from './OpenAIFile.ts'
import { UnixSeconds } from './UnixSeconds.ts'

export const FineTune = describedRecord(
  'FineTune',
  {
    description: 'A legacy fine-tune by the documented contract: a run that has succeeded.',
    source: apiSchemaSource('FineTune'),
    identity: { key: 'id' },
  },
  {
    id: describedField(t.string, 'The id of the run: `ft-…`.'),
    object: describedField(t.string, 'Always `"fine-tune"`.'),
    created_at: describedField(UnixSeconds, 'The time of creation.'),
    updated_at: describedField(UnixSeconds, 'The time of the last change.', { order: 'ascending' }),
    model: describedField(t.string, 'The name of the base model.'),
    fine_tuned_model: describedField(
      t.string,
      'The name of the fine-tuned model; null until it is published.',
    ),
    organization_id: describedField(t.string, 'The organization that owns the run.'),
    status: describedField(FineTuneStatus, 'The status of the run.'),
    hyperparams: describedField(FineTuneHyperparams, 'The hyperparameters of the training.'),
    training_files: describedField(t.array(OpenAIFile), 'The training files.'),
    validation_files: describedField(t.array(OpenAIFile), 'The validation files.'),
    result_files: describedField(t.array(OpenAIFile), 'The files of metrics, written when the run succeeds.'),
  },
  {
    events: describedField(
      t.array(FineTuneEvent),
      'The log, oldest event first. Lists of runs leave it out.',
    ),
  },
)
export interface FineTune extends t.TypeOf<typeof FineTune> {}
