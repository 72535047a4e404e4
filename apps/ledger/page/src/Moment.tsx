/** The time zone of all times on the page. */
export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

// Swedish writes dates as ISO 8601 does: short, and of one width
const minutes = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
const seconds = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })

/**
 * Writes Unix seconds in the time zone of the page: `2023-11-14 22:13`, with its offset in the hour
 * that comes twice where clocks are set back: durations would seem wrong, and a story out of order.
 */
export const momentText = (at: number, isExact = false): string => {
  const date = new Date(at * 1000)
  if (Number.isNaN(date.getTime())) return String(at)
  const text = `${(isExact ? seconds : minutes).format(date)}${isTwice(date) ? ` ${offsetText(date)}` : ''}`
  // the format leaves the era out
  return date.getFullYear() < 1 ? `${text} BC` : text
}

/** True if the clocks of the zone show this time twice. They are set back by two hours at most. */
const isTwice = (date: Date): boolean => {
  const offset = date.getTimezoneOffset()
  const offsetAfter = (minutes: number) => new Date(date.getTime() + minutes * 60_000).getTimezoneOffset()
  return [-180, 180].map(offsetAfter).some(other => other !== offset && offsetAfter(other - offset) === other)
}

/** The offset of the zone from UTC, as ISO 8601 has it: `+05:45`. */
const offsetText = (date: Date): string => {
  const minutes = date.getTimezoneOffset()
  const parts = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes > 0 ? '-' : '+'}${parts.map(part => String(part).padStart(2, '0')).join(':')}`
}

interface Props {
  readonly seconds: number
  /** Shows the seconds too. */
  readonly isExact?: boolean
}

/** A moment in the time zone of the page; the raw seconds are its title. */
export const Moment = ({ seconds, isExact = false }: Props) => {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? (
    <span>{seconds}</span>
  ) : (
    <time dateTime={date.toISOString()} title={`${seconds} seconds since 1970`}>
      {momentText(seconds, isExact)}
    </time>
  )
}
