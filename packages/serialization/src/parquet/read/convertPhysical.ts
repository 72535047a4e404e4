import type { ParquetParsers, SchemaElement } from 'hyparquet'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { textOf } from '../../bytes/utf8.ts'
import { decimal } from './decimal.ts'
import { dateText, timestampText, timeText } from './times.ts'

/** Keeps bytes that are not UTF-8, so that they can be refused with their path. */
export const parsers: ParquetParsers = {
  ...DEFAULT_PARSERS,
  stringFromBytes: bytes => bytes && (textOf(bytes) ?? bytes),
  timestampFromMilliseconds: millis => timestampText(millis, 'MILLIS', true) as never,
  timestampFromMicroseconds: micros => timestampText(micros, 'MICROS', true) as never,
  timestampFromNanoseconds: nanos => timestampText(nanos, 'NANOS', true) as never,
  dateFromDays: days => dateText(days) as never,
}

/**
 * Conversions of physical values that this reader makes itself, since hyparquet's lose something:
 * times cut to milliseconds, decimals multiplied as doubles, JSON without limits, bytes taken for
 * text. Returns undefined where hyparquet's conversion is right.
 */
export const physicalConverter = (element: SchemaElement): ((value: unknown) => unknown) | undefined => {
  const { type, converted_type: converted, logical_type: logical } = element
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0)
    return value => decimal(value, scale)
  }
  if (logical?.type === 'TIMESTAMP')
    return value => timestampText(value, logical.unit, logical.isAdjustedToUTC)
  if (logical?.type === 'TIME') return value => timeText(value, logical.unit)
  switch (converted) {
    case 'DATE':
      return dateText
    case 'TIMESTAMP_MILLIS':
      return value => timestampText(value, 'MILLIS', true)
    case 'TIMESTAMP_MICROS':
      return value => timestampText(value, 'MICROS', true)
    case 'TIME_MILLIS':
      return value => timeText(value, 'MILLIS')
    case 'TIME_MICROS':
      return value => timeText(value, 'MICROS')
    case 'JSON':
      return toText
    case 'INTERVAL':
    case 'BSON':
      throw new Error(`the type ${converted}, which is not supported`)
    default:
  }
  if (logical?.type === 'JSON') return toText
  if (logical?.type === 'DATE') return dateText
  const isBytes = type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY'
  const isConverted = converted === 'UTF8' || converted === 'ENUM' || convertedTypes.has(logical?.type ?? '')
  return isBytes && !isConverted ? value => value : undefined
}

/** Logical types of bytes that hyparquet reads as text or as a number. */
const convertedTypes: ReadonlySet<string> = new Set(['STRING', 'ENUM', 'UUID', 'FLOAT16'])

/** True if the bytes of a value are a text in UTF-8. */
export const hasText = (element: SchemaElement): boolean => {
  const own = physicalConverter(element)
  const { converted_type: converted, logical_type: logical } = element
  return own === undefined ? textTypes.has(logical?.type ?? converted ?? '') : own === toText
}

const textTypes: ReadonlySet<string> = new Set(['STRING', 'UTF8', 'ENUM'])

const toText = (value: unknown): unknown => (value instanceof Uint8Array ? (textOf(value) ?? value) : value)
