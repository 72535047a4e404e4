import * as t from 'io-ts'
import { describedField } from './describedRecord.ts'
import { FineTuneEvent } from './FineTuneEvent.ts'
import { FineTuneStatus } from './FineTuneStatus.ts'
import { OpenAIFile } from './OpenAIFile.ts'
import { UnixSeconds } from './UnixSeconds.ts'

/** The fields of a fine-tune, given the two that its contract and its snapshot do not agree on. */
export const fields = <M extends t.Mixed, H extends t.Mixed>(fineTunedModel: M, hyperparams: H) => ({
  id: describedField(t.string, 'The id of the run: `ft-…`.'),
  object: describedField(t.string, 'Always `"fine-tune"`.'),
  created_at: describedField(UnixSeconds, 'When the run was created.'),
  updated_at: describedField(UnixSeconds, 'When anything about the run last changed.', {
    order: 'ascending',
  }),
  model: describedField(t.string, 'The name of the base model.'),
  fine_tuned_model: describedField(
    fineTunedModel,
    'The name of the model that the run makes: null until it is published.',
  ),
  organization_id: describedField(t.string, 'The organization whose run it is.'),
  status: describedField(FineTuneStatus, 'Where the run stands.'),
  hyperparams: describedField(hyperparams, 'What the run is trained with.'),
  training_files: describedField(t.array(OpenAIFile), 'What the run is trained on.'),
  validation_files: describedField(t.array(OpenAIFile), 'What the run is validated on.'),
  result_files: describedField(
    t.array(OpenAIFile),
    'What the service wrote about the run: its metrics, once it has succeeded.',
  ),
})

/** The fields that lists of fine-tunes leave out. */
export const optionalFields = {
  events: describedField(t.array(FineTuneEvent), 'What has happened so far, oldest first.'),
}
