import { annotate, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { UnixSeconds } from './UnixSeconds.ts'

/**
 * One line of a run's log. Events have no ids and equal ones occur, so an event is its whole value and a list of
 * them a multiset.
 */
export const FineTuneEvent = annotate(
  record('FineTuneEvent', {
    /** Always `"fine-tune-event"`. */
    object: t.string,
    /** When it happened. */
    created_at: UnixSeconds,
    /** `"info"`, `"warn"` or `"error"` so far. */
    level: t.string,
    /** What happened, in words. */
    message: t.string,
  }),
  { description: "One line of a run's log.", identity: 'value' },
)
export interface FineTuneEvent extends t.TypeOf<typeof FineTuneEvent> {}
