import { annotate, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { UnixSeconds } from './UnixSeconds.ts'

/** The severity of an event. Other words may come. */
export const EventLevel = annotate(OpenEnum('EventLevel', ['info', 'warn', 'error']), {
  description: 'The severity of an event.',
})
export type EventLevel = t.TypeOf<typeof EventLevel>

/**
 * One line of a run's log. Events have no ids and equal ones occur, so an event is its whole value
 * and a list of them a multiset.
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
    created_at: describedField(UnixSeconds, 'The time of the event.'),
    level: describedField(EventLevel, 'The severity of the event.'),
    message: describedField(t.string, 'The text of the event, which `EventMessage` reads.'),
  },
)
export interface FineTuneEvent extends t.TypeOf<typeof FineTuneEvent> {}
