/** Amounts as people write them. Total: a value without such a form is written as its number. */

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** Writes a time span in its two greatest units, the rest cut off: `4 min 12 s`. */
export const duration = (seconds: number): string => {
  let rest = Math.abs(seconds)
  if (!Number.isFinite(rest)) return `${rest} s`
  const parts = units.map(([unit, size]) => {
    const n = Math.floor(rest / size)
    rest -= n * size
    return { n, unit }
  })
  const first = parts.findIndex(({ n }) => n > 0)
  const shown = parts.slice(first, first + 2).filter(({ n }) => n > 0)
  return first === -1 ? '0 s' : shown.map(({ n, unit }) => `${n} ${unit}`).join(' ')
}

/** Writes Unix seconds as ISO 8601 does, in UTC: `2022-08-08T23:06:40Z`. */
export const timestamp = (seconds: number): string => {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000', '')
}

/** Writes US dollars as a measured value, with at least two decimals. */
export const dollars = (amount: number): string => `$${written(rounded(amount), 2)}`

/** Writes a value that was measured or computed, without the noise of floating point. */
export const measured = (value: number): string => number(rounded(value))

/** At most seven digits, but always those of the whole part and of two decimals. */
const rounded = (value: number): number =>
  Number.isInteger(value)
    ? value
    : Number(value.toPrecision(Math.max(7, Math.floor(Math.log10(Math.abs(value))) + 3)))

/** Writes a count and its noun: `1 event`, `1,200 events`. */
export const pluralize = (n: number, noun: string): string => `${number(n)} ${noun}${n === 1 ? '' : 's'}`

/** Writes a number with its thousands apart, and one of very many digits as JSON does: `3.4e38`. */
export const number = (n: number): string => written(n, 0)

/** Making a format takes 37 times as long as using it. */
const formats = new Map<number, Intl.NumberFormat>()

const written = (n: number, decimals: number): string => {
  const size = Math.abs(n)
  if (Number.isFinite(n) && n !== 0 && (size >= 1e15 || size < 1e-12))
    return n.toExponential().replace('e+', 'e')
  let format = formats.get(decimals)
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: 20 })
    formats.set(decimals, format)
  }
  return format.format(n)
}

/** Writes a size in the greatest decimal unit that it fills when it is rounded: `1.5 MB`. */
export const bytes = (size: number): string => {
  const unit = sizes.findLast(([, least]) => Math.abs(size) >= 0.99995 * least)
  return unit === undefined ? `${number(size)} B` : `${(size / unit[1]).toFixed(1)} ${unit[0]}`
}

const sizes = [
  ['kB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
] as const
