import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { snapshotOf } from '../snapshotOf.ts'
import { UnixSeconds } from '../UnixSeconds.ts'

const type = t.keyof(
  { 'fine_tuning.job.succeeded': null, 'fine_tuning.job.failed': null, 'fine_tuning.job.cancelled': null },
  'FineTuningWebhookType',
)

const JobReference = describedRecord(
  'JobReference',
  {
    description: 'The job that a webhook event is about.',
    source: apiSchemaSource('WebhookFineTuningJobSucceeded'),
  },
  { id: describedField(t.string, 'The id of the job: `ftjob-…`.') },
)

export const FineTuningWebhookEvent = describedRecord(
  'FineTuningWebhookEvent',
  {
    description: 'A webhook event: a fine-tuning job has ended.',
    source: apiSchemaSource('WebhookFineTuningJobSucceeded'),
    identity: { key: 'id' },
  },
  {
    id: describedField(t.string, 'The id of the event: `evt_…`.'),
    created_at: describedField(UnixSeconds, 'The time when the job ended.'),
    type: describedField(type, 'The end of the job.'),
    data: describedField(JobReference, 'The job.'),
  },
  { object: describedField(t.literal('event'), 'Always `"event"`.') },
)
export interface FineTuningWebhookEvent extends t.TypeOf<typeof FineTuningWebhookEvent> {}

/** A webhook event as it is found, with null in optional fields. */
export const FineTuningWebhookEventSnapshot = snapshotOf(FineTuningWebhookEvent, {
  description: 'A webhook event as it is found: a fine-tuning job has ended.',
})
export interface FineTuningWebhookEventSnapshot extends t.TypeOf<typeof FineTuningWebhookEventSnapshot> {}

/** A webhook event about something else: named, not judged. */
export const OtherWebhookEvent = describedRecord(
  'OtherWebhookEvent',
  {
    description: 'A webhook event that is not about fine-tuning.',
    source: apiSchemaSource('WebhookEvent'),
  },
  { type: describedField(t.string, 'The type of the event.') },
)
export interface OtherWebhookEvent extends t.TypeOf<typeof OtherWebhookEvent> {}
