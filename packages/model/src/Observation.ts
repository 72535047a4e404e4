import { JsonValue, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { UnixSeconds } from './UnixSeconds.ts'

// checked as JSON and typed as unknown: TypeScript takes no record for a JsonValue that has a field
// of unknown type, such as the data of an event
const AnyJson = JsonValue as t.Type<unknown>

/**
 * A record as it was seen. An event of a job carries no job id and a snapshot of a job no time of
 * change: only an observation ties the one to its run and the other to a time.
 *
 * @example
 * const seen = {
 *   object: 'finetune-kit.observation',
 *   seen_at: 1700000000,
 *   source: 'https://api.openai.com/v1',
 *   run_id: 'ftjob-1',
 *   record: { object: 'fine_tuning.job.event', message: 'Fine-tuning job started' },
 * }
 * decode(Observation)(seen)._tag // => 'Right'
 */
export const Observation = describedRecord(
  'Observation',
  {
    title: 'Observation',
    description: 'A record as it was seen: when, where, and of which run.',
    source: 'finetune-kit',
  },
  {
    object: describedField(t.literal('finetune-kit.observation'), 'Always `"finetune-kit.observation"`.'),
    seen_at: describedField(UnixSeconds, 'When the record was seen.'),
    source: describedField(t.string, 'The place it was seen at: the base URL of a service, or a file name.'),
    run_id: describedField(nullable(t.string), 'The run that the record belongs to; null if it has none.'),
    record: describedField(AnyJson, 'The record as it came.'),
  },
)
export interface Observation extends t.TypeOf<typeof Observation> {}

/** When and where a record was seen, and the run that it belongs to. Default: none. */
export interface Sighting {
  /** In Unix seconds. */
  readonly seenAt: number
  readonly source: string
  readonly runId?: string | null | undefined
}

/**
 * Makes the observations of a sighting.
 *
 * @example
 * observe({ seenAt: 7, source: 'jobs.json' })({ object: 'model' }).run_id // => null
 */
export const observe =
  ({ seenAt, source, runId = null }: Sighting) =>
  (record: unknown): Observation => ({
    object: 'finetune-kit.observation',
    seen_at: seenAt,
    source,
    run_id: runId,
    record,
  })
