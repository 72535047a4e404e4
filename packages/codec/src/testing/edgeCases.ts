import * as fc from 'fast-check'
import type { Constraints } from '../Meta.ts'
import { limitMisses, tooNarrowText } from './limitMisses.ts'

/** The values to generate that some formats cannot hold. */
export interface Options {
  /** Unknown keys, at every level that keeps them. Default: true. */
  readonly unknownKeys?: boolean
  /** Strings with a lone surrogate, which UTF-8 cannot hold. Default: false. */
  readonly loneSurrogates?: boolean
  /** The number -0, which `JSON.stringify` writes as `0`. Default: true. */
  readonly negativeZero?: boolean
  /**
   * In `mutants`: values that JSON cannot hold, such as NaN, holes and class instances. Default:
   * false.
   */
  readonly notJson?: boolean
}

const texts = [
  '',
  ' ',
  '\n',
  'one\r\ntwo\rthree\n',
  '\u2028',
  '\u0000',
  '\ufeff',
  'a,"b";c\td',
  '=1+1',
  "'=1+1",
  'null',
  'true',
  '007',
  '8e-05',
  '{"a":[]}',
  '<b>&amp;</b>',
  '__proto__',
  'constructor',
  '😀é中',
  'e\u0301',
]

/** Any text: empty, with line ends, similar to another value, all of Unicode. */
export const strings = (
  { loneSurrogates = false }: Options,
  { minLength = 0, maxLength, pattern }: Constraints = {},
  name = 'string',
): fc.Arbitrary<string> => {
  const length = { minLength, ...(maxLength === undefined ? {} : { maxLength }) }
  const regex = pattern === undefined ? undefined : new RegExp(pattern, 'u')
  const fits = (text: string) => {
    if (regex?.test(text) === false) return false
    const characters = Array.from(text).length
    return characters >= minLength && characters <= (maxLength ?? Infinity)
  }
  const found = limitMisses(fits, tooNarrowText(name))
  // fast-check cannot generate from assertions that look around: such a pattern only filters
  if (regex !== undefined && !/\(\?<?[=!]/.test(regex.source)) return fc.stringMatching(regex).filter(found)
  const known = texts.filter(fits)
  const all = fc.oneof(
    fc.string(length),
    ...(known.length === 0 ? [] : [fc.constantFrom(...known)]),
    fc.string({ ...length, unit: 'binary' }),
    ...(loneSurrogates ? [fc.string({ ...length, unit: half })] : []),
  )
  return regex === undefined ? all : all.filter(found)
}

const half = fc.integer({ min: 0xd7ff, max: 0xe000 }).map(code => String.fromCharCode(code))

const corners = [
  0,
  -0,
  1,
  -1,
  0.1,
  8e-5,
  1e21,
  2 ** 31,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 53,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
]

/** Any finite number, or any safe integer, with the ends of the range. */
export const numbers = (
  { negativeZero = true }: Options,
  { integer = false, minimum, maximum }: Constraints = {},
): fc.Arbitrary<number> => {
  const min = minimum ?? (integer ? Number.MIN_SAFE_INTEGER : -Number.MAX_VALUE)
  const max = maximum ?? (integer ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE)
  const fits = (n: number) => n >= min && n <= max && (!integer || Number.isSafeInteger(n))
  const whole = { min: Math.ceil(min), max: Math.floor(max) }
  const small = { min: Math.max(whole.min, -(2 ** 31)), max: Math.min(whole.max, 2 ** 31 - 1) }
  const ends = integer ? [whole.min, whole.max] : [min, max]
  const any = fc.oneof(
    integer ? fc.integer(whole) : fc.double({ min, max, noNaN: true, noDefaultInfinity: true }),
    ...(small.min <= small.max ? [fc.integer(small)] : []),
    fc.constantFrom(...[...ends, ...corners].filter(fits)),
  )
  return negativeZero ? any : any.map(n => n + 0)
}

/** Keys that no codec names, and keys that a careless copy confuses with the prototype's. */
export const keys = (options: Options): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0', '', 'a/b~c'),
    strings(options),
  )

/** Any JSON value, to some depth. */
export const json = (options: Options, maxDepth = 5): fc.Arbitrary<unknown> =>
  fc.letrec(tie => ({
    value: fc.oneof(
      { depthIdentifier: 'json', maxDepth },
      fc.constant(null),
      fc.boolean(),
      numbers(options),
      strings(options),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(keys(options), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value
