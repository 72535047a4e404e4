import { isObject } from '@finetune-kit/codec/compile'
import type { RecordKind } from './RecordKind.ts'

/** The run that a record is a snapshot of, or a part of. Times are Unix seconds. */
export type RunRef =
  | {
      readonly role: 'snapshot'
      /** The id of the run. */
      readonly id: string
      /** When the run was created. */
      readonly createdAt: number
      /** The last change that the record tells of itself; undefined where it tells none. */
      readonly changedAt: number | undefined
    }
  | { readonly role: 'part'; readonly id: string }

/**
 * The run of a record of this kind; undefined if it has none, or if only an observation could tell,
 * as for events.
 *
 * @example
 * const job = { object: 'fine_tuning.job', id: 'ftjob-1', created_at: 7 }
 * runRefOf({ isRun: true, isPartOfRun: false }, job)?.id // => 'ftjob-1'
 */
export const runRefOf = (
  { isRun, isPartOfRun }: Pick<RecordKind, 'isRun' | 'isPartOfRun'>,
  record: unknown,
  runId: string | null = null,
): RunRef | undefined => {
  if (!isObject(record)) return undefined
  const { id, created_at: createdAt, updated_at: changedAt, fine_tuning_job_id: jobId } = record
  if (isRun)
    return typeof id === 'string' && typeof createdAt === 'number'
      ? { role: 'snapshot', id, createdAt, changedAt: positiveInteger(changedAt) }
      : undefined
  const run = runId ?? jobId
  return isPartOfRun && typeof run === 'string' ? { role: 'part', id: run } : undefined
}

const positiveInteger = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined
