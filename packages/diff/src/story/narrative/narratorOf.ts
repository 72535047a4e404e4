import { FineTune, FineTuneSnapshot, FineTuningJob, FineTuningJobSnapshot } from '@finetune-kit/model'
import type * as t from 'io-ts'
import { fineTune } from './fineTune.ts'
import { fineTuningJob } from './fineTuningJob.ts'
import type { Narrator } from './Narrator.ts'

/** Who speaks of the records of a codec, if there is someone. */
export const narratorOf = <A>(codec: t.Type<A, unknown>): Narrator<A> | undefined =>
  narrators.get(codec) as Narrator<A> | undefined

const narrators: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  [FineTune, fineTune],
  [FineTuneSnapshot, fineTune],
  [FineTuningJob, fineTuningJob],
  [FineTuningJobSnapshot, fineTuningJob],
])
