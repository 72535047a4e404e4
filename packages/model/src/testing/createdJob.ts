import type { FineTuningJobSnapshot } from '../job/FineTuningJobSnapshot.ts'
import { baseModelOf } from '../run/Run.ts'
import type { JobPlan } from './JobPlan.ts'
import type { Random } from './Random.ts'

type Id = (prefix: string, length: number) => string

/** Returns the first snapshot of a job, in the shape of its service and year. */
export const createdJob = (plan: JobPlan, now: number, id: Id): FineTuningJobSnapshot => {
  const isAzure = plan.dialect === 'azure'
  const common: FineTuningJobSnapshot = {
    object: 'fine_tuning.job',
    id: id('ftjob-', 24),
    model: plan.model,
    created_at: now,
    finished_at: null,
    fine_tuned_model: null,
    organization_id: isAzure ? null : 'org-harbourlab',
    result_files: [],
    status: isAzure ? 'pending' : 'validating_files',
    validation_file: plan.hasValidation === true ? id('file-', 24) : null,
    training_file: id('file-', 24),
    hyperparameters: isAzure ? { n_epochs: -1 } : { n_epochs: 'auto' },
    trained_tokens: null,
    error: isAzure ? null : {},
  }
  if (plan.dialect !== undefined) return common
  return {
    ...common,
    error: { code: null, message: null, param: null },
    seed: 42,
    estimated_finish: null,
    integrations: [],
    metadata: plan.metadata ?? null,
    user_provided_suffix: plan.suffix ?? null,
    ...settings(plan, { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' }),
  }
}

/** Returns the fields that the service sets when training begins: what it has chosen. */
export const chosenHyperparameters = (plan: JobPlan, random: Random): Partial<FineTuningJobSnapshot> => {
  const chosen = {
    n_epochs: plan.epochs,
    batch_size: 2 ** random.int(0, 4),
    learning_rate_multiplier: random.int(2, 20) / 10,
  }
  return plan.dialect === undefined ? settings(plan, chosen) : { hyperparameters: chosen }
}

const settings = (
  plan: JobPlan,
  defaults: Readonly<Record<'n_epochs' | 'batch_size' | 'learning_rate_multiplier', number | 'auto'>>,
): Partial<FineTuningJobSnapshot> => {
  const { n_epochs, batch_size, learning_rate_multiplier, ...others } = { ...defaults, ...plan.asked }
  const hyperparameters = { n_epochs, batch_size, learning_rate_multiplier }
  return {
    hyperparameters,
    method: { type: plan.method, [plan.method]: { hyperparameters: { ...hyperparameters, ...others } } },
  }
}

/** Returns the name of the model that a job makes, in the form of its service. */
export const jobModelName = ({ model, suffix, dialect }: JobPlan, id: string): string =>
  dialect === 'azure'
    ? `${model}.${id.replace('ftjob-', 'ft-')}${suffix === undefined ? '' : `-${suffix}`}`
    : `ft:${baseModelOf(model)}:harbour-lab:${suffix ?? ''}:${id.slice(-8)}`

/** Returns the record without the keys that are null, as Azure writes it. */
export const withoutNullKeys = (job: FineTuningJobSnapshot): FineTuningJobSnapshot =>
  Object.fromEntries(Object.entries(job).filter(([, value]) => value !== null)) as FineTuningJobSnapshot
