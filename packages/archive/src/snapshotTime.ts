import { type RecordKind, runRefOf } from '@finetune-kit/model'

/**
 * Time by which snapshots of a run are ordered, in Unix seconds: when it was seen, else the last
 * change that it tells of itself. Undefined where neither is known.
 */
export const snapshotTime = (
  kind: RecordKind.RecordKind,
  value: unknown,
  seenAt: number | null,
): number | undefined => {
  if (seenAt !== null) return seenAt
  const run = runRefOf(kind, value)
  return run?.role === 'snapshot' ? run.changedAt : undefined
}
