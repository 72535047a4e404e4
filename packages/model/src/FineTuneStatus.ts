import { annotate } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { OpenEnum } from './OpenEnum.ts'

/**
 * How far on its way a run of each known status is. The last three are ends: none is later than another. `created`
 * stands in the documentation only.
 */
const steps = { created: 0, pending: 1, running: 2, succeeded: 3, failed: 3, cancelled: 3 } as const

/** Where a run stands. Other words may come: whoever reads a status must expect them. */
export const FineTuneStatus = annotate(OpenEnum('FineTuneStatus', Object.keys(steps)), {
  title: 'FineTuneStatus',
  description: 'Where a run stands.',
})
export type FineTuneStatus = t.TypeOf<typeof FineTuneStatus>

/** Whether a run of this status changes no more. An unknown status is not an end. */
export const isTerminal = (status: string): boolean => step(status) === 3

/**
 * Whether a run gets from the second status to the first and never back: a strict partial order. Two ends are not
 * comparable, and neither is an unknown status with any other.
 *
 * @example
 * FineTuneStatus.isLater('running', 'pending') // true
 */
export const isLater = (status: string, than: string): boolean => step(status) > step(than)

/** NaN, which is neither greater nor less than anything, for a status that is not known. */
const step = (status: string): number =>
  Object.hasOwn(steps, status) ? steps[status as keyof typeof steps] : Number.NaN
