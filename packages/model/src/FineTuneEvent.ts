import { annotate, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from './apiDescription.ts'
import { described, field } from './described.ts'
import { UnixSeconds } from './UnixSeconds.ts'

/** How bad an event is. Other words may come. */
export const EventLevel = annotate(OpenEnum('EventLevel', ['info', 'warn', 'error']), {
  description: 'How bad an event is.',
})
export type EventLevel = t.TypeOf<typeof EventLevel>

/**
 * One line of a run's log. Events have no ids and equal ones occur, so an event is its whole value and a list of
 * them a multiset.
 */
export const FineTuneEvent = described(
  'FineTuneEvent',
  {
    description: "One line of a run's log.",
    source: apiDescription('FineTuneEvent'),
    identity: 'value',
  },
  {
    /** Always `"fine-tune-event"`. */
    object: field(t.string, 'Always `"fine-tune-event"`.'),
    /** When it happened. */
    created_at: field(UnixSeconds, 'When it happened.'),
    /** How bad it is. */
    level: field(EventLevel, 'How bad it is.'),
    /** What happened, in words: see `EventMessage`. */
    message: field(t.string, 'What happened, in words: see `EventMessage`.'),
  },
)
export interface FineTuneEvent extends t.TypeOf<typeof FineTuneEvent> {}
