import { bytes, dollars, duration, measured, timestamp } from '../internal/humanize.ts'

/** A value of a comparison as people read it; null where a run has none. */
export const cellOf = (value: string | number | null, unit: string | null): string | null => {
  if (typeof value !== 'number') return value
  if (unit === 'Unix seconds') return timestamp(value)
  if (unit === 'seconds') return duration(value)
  if (unit === 'US dollars') return dollars(value)
  if (unit === 'bytes') return bytes(value)
  return measured(value)
}

/** The difference from the baseline, with its sign. */
export const deltaOf = (delta: number, unit: string | null): string =>
  `${delta < 0 ? '-' : '+'}${cellOf(Math.abs(delta), unit) ?? ''}`
