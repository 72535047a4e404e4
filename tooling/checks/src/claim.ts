import { inspect, isDeepStrictEqual } from 'node:util'

/** Without prototypes and `undefined`s, which an example does not show. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value

/** True if an example shows this value: an equal one, or the text that the value prints as. */
export const shows = (actual: unknown, claimed: unknown): boolean =>
  isDeepStrictEqual(plain(actual), plain(claimed)) ||
  [String(actual), inspect(actual, { depth: 9, breakLength: 100 })].includes(String(claimed))
