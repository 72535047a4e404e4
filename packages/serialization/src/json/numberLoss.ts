import { truncate } from '@finetune-kit/codec/compile'
/** The reason that a number literal is beyond the range of a double, if it is. */
export const beyondDouble = (literal: string): string | undefined =>
  Number.isFinite(Number(literal))
    ? undefined
    : `the number ${truncate(literal, 40)} is beyond the range of a double`

/**
 * The reason that a double does not hold a decimal literal, if so. Writers round a double to at
 * most 17 significant digits, so a literal of that length must equal the double rounded likewise. A
 * longer one must be its exact value: `0.1` is held, `9007199254740993.0` is not.
 */
export const numberLoss = (literal: string): string | undefined => {
  const beyond = beyondDouble(literal)
  if (beyond !== undefined) return beyond
  return isHeld(literal) ? undefined : `the number ${truncate(literal, 40)} is not held exactly by a double`
}

const isHeld = (literal: string): boolean => {
  const value = Math.abs(Number(literal))
  const written = decimalOf(literal)
  if (written.digits === '') return true
  if (value === 0) return false
  const { length } = written.digits
  return (
    isSame(written, decimalOf(String(value))) ||
    (length <= 17
      ? isSame(written, decimalOf(value.toPrecision(length)))
      : length <= longestExact && isSame(written, exactDecimal(value)))
  )
}

/** A decimal number: its digits without zeros around them, and the power of ten of the last one. */
interface Decimal {
  readonly digits: string
  readonly exponent: number
}

const isSame = (a: Decimal, b: Decimal): boolean => a.digits === b.digits && a.exponent === b.exponent

const decimalOf = (literal: string): Decimal => {
  const [significand = '', exponent = '0'] = literal.toLowerCase().split('e')
  const [whole = '', fraction = ''] = significand.replace(/^[-+]/, '').split('.')
  return trimmed(whole + fraction, Number(exponent) - fraction.length)
}

const trimmed = (text: string, exponent: number): Decimal => {
  let to = text.length
  while (text[to - 1] === '0') to--
  let from = 0
  while (from < to && text[from] === '0') from++
  return { digits: text.slice(from, to), exponent: exponent + text.length - to }
}

/** The most significant digits that the exact value of a double has. */
const longestExact = 767

/** The exact value of a positive double: an integer times a power of two. */
const exactDecimal = (value: number): Decimal => {
  let whole = value
  let halvings = 0
  while (!Number.isInteger(whole)) {
    whole *= 2
    halvings++
  }
  return trimmed(String(BigInt(whole) * 5n ** BigInt(halvings)), -halvings)
}
