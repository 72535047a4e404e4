import { nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { snapshotOf } from '../snapshotOf.ts'

const source = apiSchemaSource('FineTuningIntegration')

const Wandb = describedRecord(
  'Wandb',
  { description: 'The place of the metrics in Weights & Biases.', source },
  {
    project: describedField(t.string, 'The project that the run belongs to.'),
  },
  {
    name: describedField(nullable(t.string), 'The name of the run. Default: the id of the job.'),
    entity: describedField(
      nullable(t.string),
      'The user or team that owns the run. Default: that of the API key.',
    ),
    tags: describedField(t.array(t.string), 'The tags of the run.'),
  },
)

export const FineTuningIntegration = describedRecord(
  'FineTuningIntegration',
  { description: 'A service that also receives the metrics of a job.', source },
  {
    type: describedField(OpenEnum('IntegrationType', ['wandb']), 'The name of the service.'),
  },
  {
    wandb: describedField(Wandb, 'The settings for Weights & Biases.'),
  },
)
export interface FineTuningIntegration extends t.TypeOf<typeof FineTuningIntegration> {}

export const FineTuningIntegrationSnapshot = snapshotOf(FineTuningIntegration, {
  description: 'A service that also receives the metrics of a job, at any moment.',
  replaced: {
    wandb: snapshotOf(Wandb, {
      description: 'The place of the metrics in Weights & Biases, at any moment.',
      undocumented: { run_id: describedField(t.string, 'The id of the run.') },
    }),
  },
})
export interface FineTuningIntegrationSnapshot extends t.TypeOf<typeof FineTuningIntegrationSnapshot> {}
