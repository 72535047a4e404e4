import { describe, expectTypeOf, test } from 'vitest'
import type * as Model from '@finetune-kit/model'
import type { FileDeleted, FileListParams, FileObject } from 'openai/resources/files'
import type * as Permissions from 'openai/resources/fine-tuning/checkpoints/permissions'
import type * as Checkpoints from 'openai/resources/fine-tuning/jobs/checkpoints'
import type * as Jobs from 'openai/resources/fine-tuning/jobs/jobs'
import type * as Methods from 'openai/resources/fine-tuning/methods'
import type * as Graders from 'openai/resources/graders/grader-models'
import type * as Models from 'openai/resources/models'
import type * as Webhooks from 'openai/resources/webhooks/webhooks'

// checked by `pnpm types`: at run time these tests do nothing

/** The object types of a union, without lists and text. */
type Objects<U> = U extends ReadonlyArray<unknown> ? never : U extends object ? U : never
type Items<U> = U extends ReadonlyArray<infer Item> ? Item : never
type Keys<U> = U extends unknown ? keyof U : never
type At<U, K> = U extends unknown ? (K extends keyof U ? U[K] : never) : never

/** The paths of `Theirs` that `Ours` does not name, at every level; `never` if it names all. */
type Unnamed<Theirs, Ours, Path extends string = ''> =
  Theirs extends ReadonlyArray<infer Item>
    ? Unnamed<Item, Items<Ours>, `${Path}/-`>
    : Theirs extends object
      ? {
          [K in keyof Theirs & string]-?: K extends Keys<Objects<Ours>>
            ? Unnamed<NonNullable<Theirs[K]>, NonNullable<At<Objects<Ours>, K>>, `${Path}/${K}`>
            : `${Path}/${K}`
        }[keyof Theirs & string]
      : never

describe('the shapes of the openai package', () => {
  test('Unnamed finds a field that a copy has and ours has not', () => {
    type Copy = Omit<Jobs.FineTuningJob, 'error'> & {
      readonly error: (Jobs.FineTuningJob.Error & { readonly hint: string }) | null
      readonly oven: number
    }
    expectTypeOf<Unnamed<Copy, Model.FineTuningJob>>().toEqualTypeOf<'/error/hint' | '/oven'>()
    type List = { readonly data: ReadonlyArray<Models.Model & { readonly salt?: string }> }
    expectTypeOf<Unnamed<List, Model.ListModelsResponse>>().toEqualTypeOf<'/data/-/salt'>()
  })

  test('jobs, events and checkpoints have no field that ours do not name', () => {
    expectTypeOf<Unnamed<Jobs.FineTuningJob, Model.FineTuningJob>>().toBeNever()
    expectTypeOf<Unnamed<Jobs.FineTuningJob, Model.FineTuningJobSnapshot>>().toBeNever()
    expectTypeOf<Unnamed<Jobs.FineTuningJobEvent, Model.FineTuningJobEvent>>().toBeNever()
    expectTypeOf<Unnamed<Jobs.FineTuningJobIntegration, Model.FineTuningIntegration>>().toBeNever()
    expectTypeOf<
      Unnamed<Checkpoints.FineTuningJobCheckpoint, Model.FineTuningJobCheckpointSnapshot>
    >().toBeNever()
  })

  test('methods, hyperparameters and graders have no field that ours do not name', () => {
    type Method = NonNullable<Model.FineTuningMethod>
    expectTypeOf<Unnamed<Methods.SupervisedMethod, NonNullable<Method['supervised']>>>().toBeNever()
    expectTypeOf<Unnamed<Methods.DpoMethod, NonNullable<Method['dpo']>>>().toBeNever()
    expectTypeOf<Unnamed<Methods.ReinforcementMethod, NonNullable<Method['reinforcement']>>>().toBeNever()
    expectTypeOf<Unnamed<Graders.StringCheckGrader, Model.StringCheckGrader>>().toBeNever()
    expectTypeOf<Unnamed<Graders.TextSimilarityGrader, Model.TextSimilarityGrader>>().toBeNever()
    expectTypeOf<Unnamed<Graders.PythonGrader, Model.PythonGrader>>().toBeNever()
    expectTypeOf<Unnamed<Graders.ScoreModelGrader, Model.ScoreModelGrader>>().toBeNever()
    expectTypeOf<Unnamed<Graders.LabelModelGrader, Model.LabelModelGrader>>().toBeNever()
    expectTypeOf<Unnamed<Graders.MultiGrader, Model.MultiGrader>>().toBeNever()
  })

  test('a multi grader of ours is wider: a map by name, as on the wire', () => {
    expectTypeOf<Graders.MultiGrader>().toExtend<Model.MultiGrader>()
    expectTypeOf<{
      type: 'multi'
      name: string
      calculate_output: string
      graders: { crisp: Graders.StringCheckGrader }
    }>().toExtend<Model.MultiGrader>()
  })

  test('permissions, webhooks, files and models have no field that ours do not name', () => {
    expectTypeOf<Unnamed<Permissions.PermissionCreateResponse, Model.CheckpointPermission>>().toBeNever()
    expectTypeOf<
      Unnamed<Permissions.PermissionRetrieveResponse, Model.ListCheckpointPermissionsResponse>
    >().toBeNever()
    expectTypeOf<
      Unnamed<Permissions.PermissionDeleteResponse, Model.CheckpointPermissionDeleted>
    >().toBeNever()
    type Webhook =
      | Webhooks.FineTuningJobSucceededWebhookEvent
      | Webhooks.FineTuningJobFailedWebhookEvent
      | Webhooks.FineTuningJobCancelledWebhookEvent
    expectTypeOf<Unnamed<Webhook, Model.FineTuningWebhookEvent>>().toBeNever()
    expectTypeOf<Webhook>().toExtend<Model.FineTuningWebhookEvent>()
    expectTypeOf<Unnamed<FileObject, Model.OpenAIFile>>().toBeNever()
    expectTypeOf<Unnamed<FileDeleted, Model.FileDeleted>>().toBeNever()
    expectTypeOf<Unnamed<Models.Model, Model.Model>>().toBeNever()
    expectTypeOf<Unnamed<Models.ModelDeleted, Model.ModelDeleted>>().toBeNever()
  })

  test('requests and parameters have no field that ours do not name', () => {
    expectTypeOf<Unnamed<Jobs.JobCreateParams, Model.CreateFineTuningJobRequest>>().toBeNever()
    expectTypeOf<
      Unnamed<Permissions.PermissionCreateParams, Model.CreateCheckpointPermissionRequest>
    >().toBeNever()
    expectTypeOf<Unnamed<Jobs.JobListParams, Model.ListFineTuningJobsParameters>>().toBeNever()
    expectTypeOf<Unnamed<Jobs.JobListEventsParams, Model.ListPageParameters>>().toBeNever()
    expectTypeOf<Unnamed<Checkpoints.CheckpointListParams, Model.ListPageParameters>>().toBeNever()
    expectTypeOf<
      Unnamed<Permissions.PermissionListParams, Model.ListCheckpointPermissionsParameters>
    >().toBeNever()
    expectTypeOf<Unnamed<FileListParams, Model.ListFilesParameters>>().toBeNever()
  })

  test('records of the package are records of ours', () => {
    expectTypeOf<FileObject>().toExtend<Model.OpenAIFile>()
    expectTypeOf<Models.Model>().toExtend<Model.Model>()
    expectTypeOf<Permissions.PermissionCreateResponse>().toExtend<Model.CheckpointPermission>()
    expectTypeOf<Methods.ReinforcementMethod['grader']>().toExtend<Model.Grader>()
    expectTypeOf<Model.FineTuningJob>().toExtend<Model.FineTuningJobSnapshot>()
    expectTypeOf<Model.FineTuningJobEvent>().toExtend<Model.FineTuningJobEventSnapshot>()
    expectTypeOf<Model.FineTuningJobCheckpoint>().toExtend<Model.FineTuningJobCheckpointSnapshot>()
  })

  test('object discriminates unions of the modern family', () => {
    type Record = Model.FineTuningJobSnapshot | Model.FineTuningJobEvent | Model.FineTuningJobCheckpoint
    expectTypeOf<
      Extract<Record, { readonly object: 'fine_tuning.job' }>
    >().toEqualTypeOf<Model.FineTuningJobSnapshot>()
  })
})
