/**
 * Reads a date, a date and a time, or Unix seconds, as Unix seconds; `undefined` for anything else.
 * What has no offset is in UTC, as all times that commands print. `Date.parse` alone takes the 30th
 * of February, `06/07/2025` and `day 1`, and a date in UTC, but a date and a time in the zone of
 * this machine. Milliseconds as seconds are a time that no run reaches.
 */
export const unixTime = (text: string): number | undefined => {
  if (/^(0|\d{9,11})$/.test(text)) return Number(text)
  const [, day, hours = '00:00', offset = 'Z'] = isoTime.exec(text) ?? []
  const time = day === undefined || !isDay(day) ? NaN : Date.parse(`${day}T${hours}${offset}`)
  return Number.isNaN(time) ? undefined : time / 1000
}

const isoTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/

const isDay = (day: string): boolean => {
  const time = Date.parse(day)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}
