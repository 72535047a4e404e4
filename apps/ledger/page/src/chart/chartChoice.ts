import type { XAxis } from '@finetune-kit/report'

/** The choices of the reader about all charts of a view. */
export interface ChartChoice {
  readonly x: XAxis
  readonly smoothing: number
  readonly logX: boolean
  readonly logY: boolean
}

export const plain: ChartChoice = { x: 'step', smoothing: 0, logX: false, logY: false }
