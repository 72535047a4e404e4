import { annotate, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord, describedField } from './describedRecord.ts'
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
export const FineTuneEvent = describedRecord(
  'FineTuneEvent',
  {
    description: "One line of a run's log.",
    source: apiSchemaSource('FineTuneEvent'),
    identity: 'value',
  },
  {
    object: describedField(t.string, 'Always `"fine-tune-event"`.'),
    created_at: describedField(UnixSeconds, 'When it happened.'),
    level: describedField(EventLevel, 'How bad it is.'),
    message: describedField(t.string, 'What happened, in words: see `EventMessage`.'),
  },
)
export interface FineTuneEvent extends t.TypeOf<typeof FineTuneEvent> {}
