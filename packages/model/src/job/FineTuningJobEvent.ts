import { OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'
import { EventLevel } from '../FineTuneEvent.ts'
import { UnixSeconds } from '../UnixSeconds.ts'

export const FineTuningJobEvent = describedRecord(
  'FineTuningJobEvent',
  {
    description: "One line of a job's log.",
    source: apiSchemaSource('FineTuningJobEvent'),
    identity: { key: 'id' },
  },
  {
    id: describedField(t.string, 'The id of the event: `ftevent-…`.'),
    object: describedField(t.string, 'Always `"fine_tuning.job.event"`.'),
    created_at: describedField(UnixSeconds, 'When it happened.'),
    level: describedField(EventLevel, 'How bad it is.'),
    message: describedField(t.string, 'What happened, in words: see `EventMessage`.'),
  },
  {
    type: describedField(OpenEnum('JobEventType', ['message', 'metrics']), 'What `data` holds.'),
    data: describedField(t.unknown, 'The metrics of a step, or nothing.'),
  },
)
export interface FineTuningJobEvent extends t.TypeOf<typeof FineTuningJobEvent> {}
