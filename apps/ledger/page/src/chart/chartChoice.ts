import type { XAxis } from '@finetune-kit/report'

/** The choices of the reader about all charts of a view. */
export interface ChartChoice {
  readonly x: XAxis
  readonly smoothing: number
  readonly logX: boolean
  readonly logY: boolean
  /** The first and the last step that is drawn; null for all. */
  readonly from: number | null
  readonly to: number | null
}

/** The greatest smoothing: that of one would be no curve. */
export const maxSmoothing = 0.99

export const plain: ChartChoice = { x: 'step', smoothing: 0, logX: false, logY: false, from: null, to: null }

/** Takes a choice; one that is dragged or typed comes many times, and is no step back. */
export type OnChoice = (choice: ChartChoice, isTyped?: boolean) => void

/** Writes a choice into the parameters of a link, without what is plain. */
export const writeChoice = (parameters: URLSearchParams, choice: ChartChoice): void => {
  const { x, smoothing, logX, logY, from, to } = choice
  if (x === 'time') parameters.set('over', x)
  if (smoothing !== 0) parameters.set('smoothing', String(smoothing))
  if (logY) parameters.set('logValues', 'true')
  if (logX) parameters.set('logSteps', 'true')
  if (from !== null) parameters.set('firstStep', String(from))
  if (to !== null) parameters.set('lastStep', String(to))
}

/** Reads a choice from the parameters of a link. What is no choice is plain. */
export const readChoice = (parameters: URLSearchParams): ChartChoice => {
  const number = (name: string): number | null => {
    const text = parameters.get(name) ?? ''
    return text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text)
  }
  const smoothing = number('smoothing') ?? 0
  return {
    x: parameters.get('over') === 'time' ? 'time' : 'step',
    smoothing: smoothing > 0 && smoothing <= maxSmoothing ? smoothing : 0,
    logX: parameters.get('logSteps') === 'true',
    logY: parameters.get('logValues') === 'true',
    from: number('firstStep'),
    to: number('lastStep'),
  }
}

/** True if only some steps are drawn. */
export const isZoomed = ({ from, to }: ChartChoice): boolean => from !== null || to !== null

/** True if a step is to be drawn. */
export const isInside = ({ from, to }: ChartChoice, step: number): boolean =>
  step >= (from ?? step) && step <= (to ?? step)
