import { annotate, OpenEnum } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/**
 * The stages of a run, oldest first. Only the documentation has `created`. Words of one stage are
 * not ordered.
 */
const stages = [['created'], ['pending'], ['running'], ['succeeded', 'failed', 'cancelled']] as const

/** The status of a run. Other words may come: a reader has to expect them. */
export const FineTuneStatus = annotate(OpenEnum('FineTuneStatus', stages.flat()), {
  description: 'The status of a run.',
  order: stages,
})
export type FineTuneStatus = t.TypeOf<typeof FineTuneStatus>

/** True if a run of this status does not change any more. An unknown status is not an end. */
export const isTerminalStatus = (status: string): boolean => step(status) === stages.length - 1

/**
 * True if a run gets from the second status to the first and never back: a strict partial order.
 * Two ends are not comparable, and neither is an unknown status with any other.
 *
 * @example
 * isLaterStatus('running', 'pending') // true
 */
export const isLaterStatus = (status: string, than: string): boolean => step(status) > step(than)

/** NaN, which is neither greater nor less than anything, for an unknown status. */
const step = (status: string): number => {
  const stage = stages.findIndex((words: ReadonlyArray<string>) => words.includes(status))
  return stage === -1 ? Number.NaN : stage
}
