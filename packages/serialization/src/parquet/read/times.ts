export type TimeUnit = 'MILLIS' | 'MICROS' | 'NANOS'

const perMillisecond = { MILLIS: 1n, MICROS: 1000n, NANOS: 1_000_000n } as const

const dayMilliseconds = 86_400_000

/** ISO 8601 text of a date. A day beyond the range of `Date` stays the number that it is. */
export const dateText = (days: unknown): string => {
  const date = new Date(Number(days) * dayMilliseconds)
  return Number.isNaN(date.getTime()) ? String(days) : (date.toISOString().split('T')[0] as string)
}

/** ISO 8601 text of a time stamp with all its digits, with `Z` if it is in UTC. */
export const timestampText = (value: unknown, unit: TimeUnit, isUtc: boolean): string => {
  const { milliseconds, fraction } = split(BigInt(value as bigint | number), unit)
  const date = new Date(Number(milliseconds))
  if (Number.isNaN(date.getTime())) return String(value)
  return `${date.toISOString().slice(0, -1)}${fraction}${isUtc ? 'Z' : ''}`
}

/** ISO 8601 text of a time of day with all its digits. */
export const timeText = (value: unknown, unit: TimeUnit): string => {
  const { milliseconds, fraction } = split(BigInt(value as bigint | number), unit)
  const isTime = milliseconds >= 0n && milliseconds < BigInt(dayMilliseconds)
  return isTime ? `${new Date(Number(milliseconds)).toISOString().slice(11, -1)}${fraction}` : String(value)
}

/** Splits a time into whole milliseconds and the digits below them, if there are any. */
const split = (value: bigint, unit: TimeUnit) => {
  const per = perMillisecond[unit]
  const rest = ((value % per) + per) % per
  const digits = rest === 0n ? '' : rest.toString().padStart(per.toString().length - 1, '0')
  return { milliseconds: (value - rest) / per, fraction: digits.replace(/(?<!0)0+$/, '') }
}
