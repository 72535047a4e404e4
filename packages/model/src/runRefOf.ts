import type { RecordKind } from './RecordKind.ts'

/** The run that a record is a snapshot of, or a part of. */
export interface RunRef {
  readonly role: 'snapshot' | 'part'
  /** The id of the run. */
  readonly id: string
  /** When the run was created, in Unix seconds; a part does not say so. */
  readonly createdAt: number | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** The kinds that are runs, and those whose records belong to one. */
const roles: Readonly<Record<string, RunRef['role']>> = {
  'fine-tune': 'snapshot',
  'azure-fine-tune': 'snapshot',
  job: 'snapshot',
  event: 'part',
  'job-event': 'part',
  checkpoint: 'part',
  'result-file': 'part',
}

/**
 * The run of a record of this kind; undefined if it has none, or if only an observation could tell,
 * as for events.
 *
 * @example
 * runRefOf('job', { object: 'fine_tuning.job', id: 'ftjob-1', created_at: 7 })?.id // => 'ftjob-1'
 */
export const runRefOf = (
  kind: RecordKind['name'],
  record: unknown,
  runId: string | null = null,
): RunRef | undefined => {
  const role = Object.hasOwn(roles, kind) ? roles[kind] : undefined
  if (role === undefined || typeof record !== 'object' || record === null) return undefined
  const { id, created_at: createdAt, fine_tuning_job_id: jobId } = record as Fields
  if (role === 'snapshot')
    return typeof id === 'string' && typeof createdAt === 'number' ? { role, id, createdAt } : undefined
  const run = runId ?? jobId
  return typeof run === 'string' ? { role, id: run, createdAt: undefined } : undefined
}
