import { hasEnded, type Run, summaryOf } from '@finetune-kit/model'

/** Seconds after the end of a run in which the service may still write about it. */
const afterword = 3600

/** True if a run ended so long ago that nothing about it changes any more. */
export const isLongOver = (run: Run, now: number): boolean => {
  if (!hasEnded(run)) return false
  const { finished_at: finished, last_activity: last } = summaryOf(run)
  const end = finished ?? last
  return end !== null && end + afterword < now / 1000
}
