/** A decimal whose nearest double is another number. */
export interface InexactDecimal {
  readonly _tag: 'InexactDecimal'
  readonly text: string
  readonly nearest: number
}

/** The double nearest to a decimal, marked if it does not have the decimal's digits. */
export const decimal = (unscaled: unknown, scale: number): number | InexactDecimal => {
  const digits = unscaled instanceof Uint8Array ? toBigInt(unscaled) : BigInt(unscaled as bigint | number)
  const text = `${digits}e${-scale}`
  const nearest = Number(text)
  const isExact = (digits < exactBelow && -digits < exactBelow) || isSame(nearest, digits, scale)
  return isExact ? nearest : { _tag: 'InexactDecimal', text: decimalText(digits, scale), nearest }
}

/** A double holds every decimal of 15 digits. */
const exactBelow = 10n ** 15n

/** True if the digits that JavaScript prints for a double are those of the decimal. */
const isSame = (nearest: number, digits: bigint, scale: number): boolean => {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^(-?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(nearest)) ?? []
  const printed = BigInt(whole + fraction)
  const difference = Number(exponent) - fraction.length + scale
  return difference >= 0
    ? printed * 10n ** BigInt(difference) === digits
    : printed === digits * 10n ** BigInt(-difference)
}

const decimalText = (digits: bigint, scale: number): string => {
  if (scale <= 0) return `${digits * 10n ** BigInt(-scale)}`
  const sign = digits < 0n ? '-' : ''
  const all = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  return `${sign}${all.slice(0, -scale)}.${all.slice(-scale)}`
}

/** "The unscaled number must be encoded as two's complement using big-endian byte order." */
const toBigInt = (bytes: Uint8Array): bigint => {
  let value = 0n
  for (const byte of bytes) value = value * 256n + BigInt(byte)
  return BigInt.asIntN(8 * bytes.length, value)
}
