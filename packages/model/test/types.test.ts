import { describe, expectTypeOf, test } from 'vitest'
import type {
  CreateFineTuneRequest,
  CreateFineTuningJobRequest,
  FineTune,
  FineTuneEvent,
  FineTuneHyperparams,
  FineTuneHyperparamsSnapshot,
  FineTuneSnapshot,
  FineTuningJob,
  FineTuningJobCheckpoint,
  FineTuningJobEvent,
  FineTuningJobSnapshot,
  ListFineTuneEventsResponse,
  Observation,
  OpenAIFile,
  OpenAIFileSnapshot,
} from '@finetune-kit/model'
import type * as Checkpoints from 'openai/resources/fine-tuning/jobs/checkpoints'
import type * as Jobs from 'openai/resources/fine-tuning/jobs/jobs'
import type { FileObject } from 'openai-legacy/resources/files'
import type * as Legacy from 'openai-legacy/resources/fine-tunes'

// checked by `pnpm types`: at run time these tests do nothing

describe('FineTune', () => {
  test('FineTune is a FineTuneSnapshot', () => {
    expectTypeOf<FineTune>().toExtend<FineTuneSnapshot>()
    expectTypeOf<FineTuneHyperparams>().toExtend<FineTuneHyperparamsSnapshot>()
    expectTypeOf<FineTuneSnapshot>().not.toExtend<FineTune>()
  })

  test('FineTuneSnapshot says which fields may be null and which may be absent', () => {
    expectTypeOf<FineTuneSnapshot['fine_tuned_model']>().toEqualTypeOf<string | null>()
    expectTypeOf<FineTuneSnapshot['hyperparams']['batch_size']>().toEqualTypeOf<number | null>()
    expectTypeOf<FineTuneSnapshot['created_at']>().toEqualTypeOf<number>()
    expectTypeOf<FineTuneSnapshot['events']>().toExtend<ReadonlyArray<FineTuneEvent> | null | undefined>()
    expectTypeOf<FineTuneSnapshot['training_files'][number]>().toExtend<OpenAIFileSnapshot>()
    expectTypeOf<OpenAIFile>().toExtend<OpenAIFileSnapshot>()
  })

  test('FineTuneSnapshot takes a literal that is written by hand', () => {
    const literal = {
      id: 'ft-1',
      object: 'fine-tune',
      created_at: 1,
      updated_at: 1,
      model: 'curie',
      fine_tuned_model: null,
      organization_id: 'org-1',
      status: 'a status of tomorrow',
      hyperparams: {
        n_epochs: 4,
        batch_size: null,
        learning_rate_multiplier: null,
        prompt_loss_weight: 0.01,
      },
      training_files: [],
      validation_files: [],
      result_files: [],
    } satisfies FineTuneSnapshot
    expectTypeOf(literal).toExtend<FineTuneSnapshot>()
  })
})

test('an Observation takes every record without a cast', () => {
  expectTypeOf<FineTuneSnapshot>().toExtend<Observation['record']>()
  expectTypeOf<FineTuningJobSnapshot>().toExtend<Observation['record']>()
  expectTypeOf<FineTuningJobEvent>().toExtend<Observation['record']>()
  expectTypeOf<Omit<Observation, 'record'>>().not.toExtend<Observation>()
})

describe('the records of the openai package, where the wire is the same', () => {
  test('its FineTune is a FineTuneSnapshot', () => {
    expectTypeOf<Legacy.FineTune>().not.toBeAny()
    expectTypeOf<Legacy.FineTune>().toExtend<FineTuneSnapshot>()
    expectTypeOf<Legacy.FineTune.Hyperparams>().toExtend<FineTuneHyperparams>()
  })

  test('its events, files and lists are ours', () => {
    expectTypeOf<Legacy.FineTuneEvent>().toExtend<FineTuneEvent>()
    expectTypeOf<Legacy.FineTuneEventsListResponse>().toExtend<ListFineTuneEventsResponse>()
    expectTypeOf<FileObject>().toExtend<OpenAIFile>()
  })

  test('its parameters of a new run are a CreateFineTuneRequest', () => {
    expectTypeOf<Legacy.FineTuneCreateParams>().toExtend<CreateFineTuneRequest>()
  })
})

describe('the jobs of the openai package', () => {
  test('its job is a FineTuningJob, and that is a FineTuningJobSnapshot', () => {
    expectTypeOf<Jobs.FineTuningJob>().not.toBeAny()
    expectTypeOf<Jobs.FineTuningJob>().toExtend<FineTuningJob>()
    expectTypeOf<FineTuningJob>().toExtend<FineTuningJobSnapshot>()
    expectTypeOf<FineTuningJobSnapshot>().not.toExtend<FineTuningJob>()
  })

  test('its events and checkpoints are ours', () => {
    expectTypeOf<Jobs.FineTuningJobEvent>().toExtend<FineTuningJobEvent>()
    expectTypeOf<Checkpoints.FineTuningJobCheckpoint>().toExtend<FineTuningJobCheckpoint>()
  })

  test('its parameters of a new job are a CreateFineTuningJobRequest', () => {
    expectTypeOf<Jobs.JobCreateParams>().toExtend<CreateFineTuningJobRequest>()
  })
})
