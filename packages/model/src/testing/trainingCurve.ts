import type { JobPlan } from './JobPlan.ts'
import type { Random } from './Random.ts'

/** The metrics of one simulated step, by the names of event data. */
export interface SimulatedStep {
  readonly step: number
  readonly metrics: Readonly<Record<string, number>>
}

/** Returns the metrics of every step: losses fall, accuracies and rewards rise, with noise. */
export const trainingCurve = (plan: JobPlan, random: Random): ReadonlyArray<SimulatedStep> =>
  Array.from({ length: plan.steps }, (_, i) => {
    const step = i + 1
    const isEpochEnd = step % Math.ceil(plan.steps / plan.epochs) === 0 || step === plan.steps
    const done = step / plan.steps
    // a small data set is learned by heart: validation gets worse after a while
    const overfit = plan.epochs > 4 ? 0.6 * Math.max(0, done - 0.5) : 0
    const metrics = plan.method === 'reinforcement' ? rewards(done, random) : losses(done, overfit, random)
    const kept = Object.entries(metrics).filter(
      ([name]) =>
        name.startsWith('train') ||
        (plan.hasValidation === true &&
          (name.startsWith('full') ? isEpochEnd : step % 5 === 0 || isEpochEnd)),
    )
    return { step, metrics: Object.fromEntries(kept) }
  })

const losses = (done: number, overfit: number, random: Random): Record<string, number> => {
  const loss = 0.35 + 1.9 * Math.exp(-4 * done)
  return {
    train_loss: near(loss, 0.12, random),
    train_mean_token_accuracy: near(0.95 - 0.25 * loss, 0.02, random),
    valid_loss: near(loss * 1.12 + overfit, 0.1, random),
    valid_mean_token_accuracy: near(0.93 - 0.25 * loss - 0.2 * overfit, 0.02, random),
    full_valid_loss: near(loss * 1.1 + overfit, 0.02, random),
    full_valid_mean_token_accuracy: near(0.935 - 0.25 * loss - 0.2 * overfit, 0.005, random),
  }
}

const rewards = (done: number, random: Random): Record<string, number> => {
  const reward = 0.8 - 0.5 * Math.exp(-2.5 * done)
  return {
    train_mean_reward: near(reward, 0.06, random),
    full_valid_mean_reward: near(reward - 0.04, 0.01, random),
  }
}

/** A number near another one, with five decimals as in result files. */
const near = (x: number, noise: number, random: Random): number =>
  Math.round(1e5 * (x + (noise * random.int(-1000, 1000)) / 1000)) / 1e5
