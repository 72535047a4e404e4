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

export const plain: ChartChoice = { x: 'step', smoothing: 0, logX: false, logY: false, from: null, to: null }

/** True if only some steps are drawn. */
export const isZoomed = ({ from, to }: ChartChoice): boolean => from !== null || to !== null

/** True if a step is to be drawn. */
export const isInside = ({ from, to }: ChartChoice, step: number): boolean =>
  step >= (from ?? step) && step <= (to ?? step)
