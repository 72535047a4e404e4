import { OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { EventLevel } from '../FineTuneEvent.ts'
import { snapshotOf } from '../snapshotOf.ts'
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
    object: describedField(t.literal('fine_tuning.job.event'), 'Always `"fine_tuning.job.event"`.'),
    created_at: describedField(UnixSeconds, 'The time of the event.'),
    level: describedField(EventLevel, 'The severity of the event.'),
    message: describedField(t.string, 'The text of the event, which `EventMessage` reads.'),
  },
  {
    type: describedField(
      OpenEnum('JobEventType', ['message', 'metrics', 'moderation_checks']),
      'The kind of `data`.',
    ),
    data: describedField(
      t.unknown,
      'The metrics of a step, the results of the checks of a model, or nothing.',
    ),
  },
)
export interface FineTuningJobEvent extends t.TypeOf<typeof FineTuningJobEvent> {}

/** One line of a job's log, with null in its optional fields. */
export const FineTuningJobEventSnapshot = snapshotOf(FineTuningJobEvent, {
  description: "One line of a job's log as it is found.",
})
export interface FineTuningJobEventSnapshot extends t.TypeOf<typeof FineTuningJobEventSnapshot> {}
