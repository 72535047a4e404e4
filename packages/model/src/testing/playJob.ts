import type { FineTuningJobSnapshot } from '../job/FineTuningJobSnapshot.ts'
import { chosenHyperparameters, jobModelName } from './createdJob.ts'
import type { JobPlan } from './JobPlan.ts'
import type { JobStage } from './JobStage.ts'
import type { Random } from './Random.ts'
import { jobResultCsv } from './resultCsv.ts'
import { type SimulatedStep, trainingCurve } from './trainingCurve.ts'

/** Runs the job to its outcome; returns the text of its result file, if it makes one. */
export const playJob = (plan: JobPlan, random: Random, stage: JobStage): string | null => {
  const { outcome } = plan
  const isAzure = plan.dialect === 'azure'
  const leftAt = outcome._tag === 'Unfinished' ? outcome.at : null
  const { training_file, validation_file, id } = stage.job()
  if (!isAzure) {
    stage.say(`Created fine-tuning job: ${id}`)
    stage.say(
      `Validating training file: ${training_file}${validation_file == null ? '' : ` and validation file: ${validation_file}`}`,
    )
  }
  if (leftAt === 'validating') return null
  stage.wait(20, 90)
  if (outcome._tag === 'Failed' && outcome.while === 'validating') return fail(outcome.error, stage)
  if (!isAzure) {
    stage.say('Files validated, moving job to queued state')
    stage.change({ status: 'queued' })
  }
  if (leftAt === 'queued') return null
  stage.wait(30, 600)
  if (outcome._tag === 'Cancelled' && outcome.while === 'queued') return cancel(stage)
  const finish = stage.now() + plan.steps * 20
  stage.say(isAzure ? 'Training started.' : 'Fine-tuning job started')
  stage.change({
    status: 'running',
    ...chosenHyperparameters(plan, random),
    ...(plan.dialect === undefined ? { estimated_finish: finish } : {}),
  })
  const curve = trainingCurve(plan, random)
  const isWhole = outcome._tag === 'Succeeded'
  train(plan, stage, isWhole ? curve : curve.slice(0, Math.floor(plan.steps * 0.6)))
  if (leftAt === 'running') return null
  if (outcome._tag === 'Failed') return fail(outcome.error, stage)
  if (outcome._tag === 'Cancelled') return cancel(stage)
  return outcome._tag === 'Paused' ? pause(plan, stage, curve) : succeed(plan, random, stage, curve)
}

const fail = (error: NonNullable<FineTuningJobSnapshot['error']>, stage: JobStage): null => {
  stage.say(error.message ?? '', { error: error.code }, 'error')
  stage.change({ status: 'failed', error, finished_at: stage.now(), estimated_finish: null })
  return null
}

const cancel = (stage: JobStage): null => {
  stage.say('Fine tuning process stopping due to job cancellation', undefined, 'warn')
  stage.wait(1, 9)
  stage.change({ status: 'cancelled', finished_at: stage.now(), estimated_finish: null })
  return null
}

const pause = (plan: JobPlan, stage: JobStage, curve: ReadonlyArray<SimulatedStep>): null => {
  const last = curve[Math.floor(plan.steps * 0.6) - 1] as SimulatedStep
  stage.wait(20, 60)
  stage.checkpoint(last, `${jobModelName(plan, stage.job().id)}:ckpt-step-${last.step}`)
  stage.change({ status: 'paused', estimated_finish: null })
  return null
}

const train = (plan: JobPlan, stage: JobStage, curve: ReadonlyArray<SimulatedStep>): void => {
  const interval = plan.method === 'reinforcement' ? 2 : 5
  for (const { step, metrics } of curve) {
    stage.wait(2, 18)
    if (step % interval === 0 || step === 1)
      stage.say(stepText(plan, step, metrics), { step, total_steps: plan.steps, ...metrics })
  }
}

const stepText = (plan: JobPlan, step: number, metrics: Readonly<Record<string, number>>): string => {
  const said = (name: string, text: string): ReadonlyArray<string> =>
    metrics[name] === undefined ? [] : [`${text}=${metrics[name].toFixed(2)}`]
  if (plan.dialect === 'azure') return `Step ${step}: training loss=${metrics['train_loss']}`
  if (plan.method === 'reinforcement')
    return `Step ${step}/${plan.steps} , ${[
      ...said('train_mean_reward', 'train mean reward'),
      ...said('full_valid_mean_reward', 'full validation mean reward'),
    ].join(', ')}`
  return `Step ${step}/${plan.steps}: ${[
    ...said('train_loss', 'training loss'),
    ...said('valid_loss', 'validation loss'),
    ...said('full_valid_loss', 'full validation loss'),
  ].join(', ')}`
}

const succeed = (
  plan: JobPlan,
  random: Random,
  stage: JobStage,
  curve: ReadonlyArray<SimulatedStep>,
): string => {
  const fine_tuned_model = jobModelName(plan, stage.job().id)
  const isAzure = plan.dialect === 'azure'
  const epochs = new Set(Array.from({ length: Math.min(plan.epochs, 3) }, (_, i) => plan.epochs - i))
  const ends = curve.filter(
    ({ step }) => epochs.has(step / Math.ceil(plan.steps / plan.epochs)) || step === plan.steps,
  )
  stage.wait(20, 60)
  if (isAzure) stage.say('Job succeeded.')
  for (const end of ends) {
    const name = end.step === plan.steps ? fine_tuned_model : `${fine_tuned_model}:ckpt-step-${end.step}`
    if (plan.dialect !== 'openai-2023') stage.checkpoint(end, name)
    if (plan.dialect === undefined && end.step < plan.steps)
      stage.say(`Checkpoint created at step ${end.step} with Snapshot ID: ${name}`)
  }
  if (!isAzure) {
    stage.say(`New fine-tuned model created: ${fine_tuned_model}`)
    stage.change({ fine_tuned_model })
    if (plan.dialect === undefined) stage.say('Evaluating model against our usage policies before enabling')
  }
  stage.wait(20, 300)
  const result_files = [stage.id('file-', 24)]
  const trained_tokens = plan.steps * random.int(400, 2400)
  if (isAzure) {
    stage.say('Model Evaluation Passed.')
    stage.say(`Completed results file: ${result_files[0]}`)
    stage.say(`Training tokens billed: ${Math.floor(trained_tokens / 1000) * 1000}`)
  } else stage.say('The job has successfully completed')
  stage.change({
    status: 'succeeded',
    fine_tuned_model,
    finished_at: stage.now(),
    result_files,
    trained_tokens,
    ...(plan.dialect === undefined ? { estimated_finish: null } : {}),
  })
  return jobResultCsv(curve)
}
