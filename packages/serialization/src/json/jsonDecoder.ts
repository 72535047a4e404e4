import { type DecodeError, decode, malformed, type Position } from '@finetune-kit/codec'
import { Exactness } from '@finetune-kit/codec/compile'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { positionAt, positionsAt, start } from '../bytes/positions.ts'
import { hasManyBrackets } from './depth.ts'
import { jsonPlaces } from './jsonPlaces.ts'
import type { Flaw } from './jsonTokens.ts'
import { limitFlaw } from './limitFlaw.ts'
import { parseJson } from './parseJson.ts'
import type { Rules } from './walkJson.ts'

/**
 * Decodes JSON text to a checked value, for every format that contains JSON texts. `base` is the
 * text's position in the input; `format` is the name in errors. Positions are computed only for
 * errors. `mayEscape` is false if the text certainly has no backslash.
 */
export const jsonDecoder = <A, O>(codec: t.Type<A, O>, format: string) => {
  const check = decode(codec)
  const { isExact, maxDepth } = Exactness.of(codec)
  return (text: string, rules: Rules, base: Position = start, mayEscape = true): E.Either<DecodeError, A> => {
    const isLong = text.length > longText || text.length >= 2 * rules.maxValues
    const exceeded = isLong ? limitFlaw(text, rules) : undefined
    if (exceeded !== undefined) return E.left(flawed(text, exceeded, format, base))
    if (!rules.strict && !(mayEscape && hasEscapedKey(text))) {
      const value = parsed(text)
      const result = value === undefined ? undefined : check(value)
      if (result !== undefined) {
        if (E.isRight(result) && maxDepth <= rules.maxDepth && isExact(value)) return result
        if ((isLong || !hasManyBrackets(text, rules.maxDepth)) && !mayOverflow(text))
          return E.isRight(result) ? result : E.left(placed(text, result.left, base))
      }
    }
    const found = parseJson(text, rules)
    if (E.isLeft(found)) return E.left(flawed(text, found.left, format, base))
    const result = check(found.right)
    return E.isRight(result) ? result : E.left(placed(text, result.left, base))
  }
}

/** The parsed value; `undefined`, which no text holds, if the text is not JSON. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * A longer text is checked against the limits before it is parsed; a shorter one cannot take much
 * memory.
 */
const longText = 100_000

const flawed = (text: string, { at, reason, first }: Flaw, format: string, base: Position): DecodeError => {
  const error = malformed(format, reason, positionAt(text, at, base))
  return first === undefined ? error : { ...error, first: positionAt(text, first, base) }
}

/** Adds positions to the issues; a missing field gets the position of the object that lacks it. */
const placed = (text: string, error: DecodeError, base: Position): DecodeError => {
  if (error._tag !== 'Invalid') return error
  const indices = jsonPlaces(
    text,
    error.issues.map(({ path }) => path),
  )
  const positions = positionsAt(text, indices, base)
  return {
    ...error,
    issues: error.issues.map((issue, i) => ({
      ...issue,
      position: positions.get(indices[i] as number) as Position,
    })),
  }
}

/**
 * True if a number in the text might be beyond the range of a double. The first test is cheap, with
 * false alarms on ids; the second looks at numbers. All tests cost a tenth of reading the text.
 */
const mayOverflow = (text: string): boolean =>
  hasManyDigits(text) || (/\d[eE]\+?\d\d\d/.test(text) && /(?:^|[[:,\s-])\d[\d.]*[eE]\+?\d\d\d/.test(text))

/**
 * True if a key might be escaped. Observed in Node 24.21.0 (V8 13.6.233.17), in a process that does
 * nothing else, not in Node 20.20.2: after `JSON.parse('{"a":1,"\\\\":2}')`,
 * `JSON.parse('{"a":1,"\\n":2}')` returns an object with the key `\` in place of the line feed.
 * Other escaped keys in that place, such as `\"` and `\u0062`, also come out as `\`; keys without
 * an escape do not.
 */
const hasEscapedKey = (text: string): boolean => text.includes('\\') && /\\.[^"\\]*"[ \t\n\r]*:/s.test(text)

/**
 * True if a run of over 209 digits is possible: a number whose exponent has fewer than three digits
 * needs that many to overflow, and such a run has digits at all sampled places.
 */
const hasManyDigits = (text: string): boolean => {
  for (let i = 50; i < text.length; i += 90)
    if ([0, 30, 60, 90, 120].every(d => isDigit(text.charCodeAt(i + d)))) return true
  return false
}

const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39
