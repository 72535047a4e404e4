import { annotate, OpenEnum } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/**
 * The stages of a run. The words of the last one are ends: none is later than another. `created` stands in the
 * documentation only.
 */
const stages = [['created'], ['pending'], ['running'], ['succeeded', 'failed', 'cancelled']]

/** Where a run stands. Other words may come: whoever reads a status must expect them. */
export const FineTuneStatus = annotate(OpenEnum('FineTuneStatus', stages.flat()), {
  description: 'Where a run stands.',
  order: stages,
})
export type FineTuneStatus = t.TypeOf<typeof FineTuneStatus>

/** Whether a run of this status changes no more. An unknown status is not an end. */
export const isTerminalStatus = (status: string): boolean => step(status) === stages.length - 1

/**
 * Whether a run gets from the second status to the first and never back: a strict partial order. Two ends are not
 * comparable, and neither is an unknown status with any other.
 *
 * @example
 * isLaterStatus('running', 'pending') // true
 */
export const isLaterStatus = (status: string, than: string): boolean => step(status) > step(than)

/** NaN, which is neither greater nor less than anything, for a status that is not known. */
const step = (status: string): number => {
  const stage = stages.findIndex(words => words.includes(status))
  return stage === -1 ? Number.NaN : stage
}
