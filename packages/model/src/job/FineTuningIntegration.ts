import { nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'

const source = apiSchemaSource('FineTuningIntegration')

const Wandb = describedRecord(
  'Wandb',
  { description: 'Where the metrics of a job go in Weights & Biases.', source },
  {
    project: describedField(t.string, 'The project that the run is made in.'),
  },
  {
    name: describedField(nullable(t.string), 'The name of the run; null for the id of the job.'),
    entity: describedField(
      nullable(t.string),
      'The user or team that the run belongs to; null for the default of the key.',
    ),
    tags: describedField(t.array(t.string), 'The tags of the run.'),
  },
)

export const FineTuningIntegration = describedRecord(
  'FineTuningIntegration',
  { description: 'Where else the metrics of a job go.', source },
  {
    type: describedField(OpenEnum('IntegrationType', ['wandb']), 'The name of the service.'),
  },
  {
    wandb: describedField(Wandb, 'The settings for Weights & Biases.'),
  },
)
export interface FineTuningIntegration extends t.TypeOf<typeof FineTuningIntegration> {}
