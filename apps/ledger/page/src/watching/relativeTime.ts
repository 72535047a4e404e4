/** The distance of a time from now in words: `in 12 s`, `3 min ago`, `now`. */
export const relativeTime = (at: number, now: number): string => {
  const seconds = Math.round(at - now)
  const size = Math.abs(seconds)
  if (size < 1) return 'now'
  const [step, unit] = units.find(([step]) => size >= step) ?? [1, 's']
  const text = `${Math.floor(size / step)} ${unit}`
  return seconds > 0 ? `in ${text}` : `${text} ago`
}

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const
