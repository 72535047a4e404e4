import { nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describedField, describedRecord } from './describedRecord.ts'

/** The kinds of services. */
export const dialects = ['openai', 'azure', 'compatible'] as const

/** The kind of a service: the paths of its requests, and the header of its key. */
export type Dialect = (typeof dialects)[number]

/** The states of a watch. */
export const watchStates = ['active', 'paused', 'stopped', 'ended'] as const

/** The state of a watch. One that stops by itself is paused, with the reason. */
export type WatchState = (typeof watchStates)[number]

/** A run of a service that a store watches, or all of its runs: stores hand it on. */
export const WatchRecord = describedRecord(
  'WatchRecord',
  {
    title: 'Watch',
    description: 'A run of a service that a store watches, or all runs of the service.',
    source: 'finetune-kit',
  },
  {
    object: describedField(t.literal('finetune-kit.watch'), 'Always `"finetune-kit.watch"`.'),
    base_url: describedField(t.string, 'The base URL of the service.'),
    dialect: describedField(OpenEnum('Dialect', dialects), 'The dialect of its API.'),
    api_version: describedField(nullable(t.string), 'The version in its URLs, where it takes one.'),
    key_name: describedField(t.string, 'The environment variable with the key; never the key itself.'),
    run_id: describedField(nullable(t.string), 'The id of the run; null for all runs of the service.'),
    state: describedField(OpenEnum('WatchState', watchStates), 'The state of the watch.'),
  },
)
export interface WatchRecord extends t.TypeOf<typeof WatchRecord> {}
