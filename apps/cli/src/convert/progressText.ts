import type { InputProgress } from '@finetune-kit/archive'
import type { Tally } from '@finetune-kit/serialization/effect'

/**
 * One line of at most so many columns: a bar where the size of the input is known, and the records
 * so far.
 */
export const progressText = (
  { taken, total }: InputProgress,
  { read, rejected }: Tally,
  columns: number,
): string => {
  const counts = `${read.toLocaleString('en')} records${rejected === 0 ? '' : `, ${rejected.toLocaleString('en')} rejected`}`
  if (total === undefined || total === 0) return `${megabytes(taken)} MB, ${counts}`.slice(0, columns - 1)
  const part = Math.min(1, taken / total)
  const bar = '█'.repeat(Math.round(part * 20)).padEnd(20, '░')
  return `${bar} ${Math.floor(part * 100)}% of ${megabytes(total)} MB, ${counts}`.slice(0, columns - 1)
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
