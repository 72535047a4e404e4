import { OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from '../apiDescription.ts'
import { described, field } from '../described.ts'
import { EventLevel } from '../FineTuneEvent.ts'
import { UnixSeconds } from '../UnixSeconds.ts'

/** One line of a job's log. */
export const FineTuningJobEvent = described(
  'FineTuningJobEvent',
  {
    description: "One line of a job's log.",
    source: apiDescription('FineTuningJobEvent'),
    identity: { key: 'id' },
  },
  {
    /** The id of the event: `ftevent-…`. */
    id: field(t.string, 'The id of the event: `ftevent-…`.'),
    /** Always `"fine_tuning.job.event"`. */
    object: field(t.string, 'Always `"fine_tuning.job.event"`.'),
    /** When it happened. */
    created_at: field(UnixSeconds, 'When it happened.'),
    /** How bad it is. */
    level: field(EventLevel, 'How bad it is.'),
    /** What happened, in words: see `EventMessage`. */
    message: field(t.string, 'What happened, in words: see `EventMessage`.'),
  },
  {
    /** What `data` holds. */
    type: field(OpenEnum('JobEventType', ['message', 'metrics']), 'What `data` holds.'),
    /** The metrics of a step, or nothing. */
    data: field(t.unknown, 'The metrics of a step, or nothing.'),
  },
)
export interface FineTuningJobEvent extends t.TypeOf<typeof FineTuningJobEvent> {}
