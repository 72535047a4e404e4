/** The time zone of all times on the page. */
export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

// Swedish writes dates as ISO 8601 does: short, and of one width
const minutes = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
const seconds = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })

/** Writes Unix seconds in the time zone of the page: `2023-11-14 22:13`. */
export const momentText = (at: number, isExact = false): string => {
  const date = new Date(at * 1000)
  if (Number.isNaN(date.getTime())) return String(at)
  const text = (isExact ? seconds : minutes).format(date)
  // the format leaves the era out
  return date.getFullYear() < 1 ? `${text} BC` : text
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
