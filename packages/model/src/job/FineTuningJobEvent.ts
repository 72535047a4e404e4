import { OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'
import { EventLevel } from '../FineTuneEvent.ts'
import { UnixSeconds } from '../UnixSeconds.ts'

/** One line of a job's log. */
export const FineTuningJobEvent = describedRecord(
  'FineTuningJobEvent',
  {
    description: "One line of a job's log.",
    source: apiSchemaSource('FineTuningJobEvent'),
    identity: { key: 'id' },
  },
  {
    /** The id of the event: `ftevent-…`. */
    id: describedField(t.string, 'The id of the event: `ftevent-…`.'),
    /** Always `"fine_tuning.job.event"`. */
    object: describedField(t.string, 'Always `"fine_tuning.job.event"`.'),
    /** When it happened. */
    created_at: describedField(UnixSeconds, 'When it happened.'),
    /** How bad it is. */
    level: describedField(EventLevel, 'How bad it is.'),
    /** What happened, in words: see `EventMessage`. */
    message: describedField(t.string, 'What happened, in words: see `EventMessage`.'),
  },
  {
    /** What `data` holds. */
    type: describedField(OpenEnum('JobEventType', ['message', 'metrics']), 'What `data` holds.'),
    /** The metrics of a step, or nothing. */
    data: describedField(t.unknown, 'The metrics of a step, or nothing.'),
  },
)
export interface FineTuningJobEvent extends t.TypeOf<typeof FineTuningJobEvent> {}
