import {
  type Compression,
  detect,
  formatByName,
  isConclusive,
  type LazyFormat,
} from '@finetune-kit/serialization'
import { notJson } from './notJson.ts'
import { unsupportedInput } from './unsupportedInput.ts'

/** The nature of an input, by its beginning. */
export type DetectedInput =
  | { readonly _tag: 'Records'; readonly format: LazyFormat }
  | { readonly _tag: 'Compressed'; readonly compression: Compression }
  /** Nothing that can be read; `reason` says what it is and what to do. */
  | { readonly _tag: 'Unsupported'; readonly reason: string }
  /** More bytes are needed. */
  | { readonly _tag: 'Unclear' }

/**
 * Detects the compression, or the format, of an input by its first bytes and its name. The name
 * decides, but for `.json`, which often holds a record a line, and for NDJSON that begins with an
 * object over several lines. An input that looks like nothing is read as JSON, whose errors say
 * best what is wrong.
 *
 * @param isWhole - true if no more bytes can be had. The answer is then never `Unclear`.
 * @example
 * const bytes = (text: string) => new TextEncoder().encode(text)
 * detectInput(bytes('{"id":'), 'runs.json')._tag // => 'Unclear'
 * detectInput(bytes('{"id":'), 'runs.ndjson')._tag // => 'Records'
 * detectInput(new Uint8Array([0x1f, 0x8b, 8, 0]))._tag // => 'Compressed'
 */
export const detectInput = (bytes: Uint8Array, name = '', isWhole = false): DetectedInput => {
  const trusted = name.replace(/\.json(?=(\.\w+)?$)/i, '')
  if (!isWhole && !isConclusive(bytes, trusted)) return { _tag: 'Unclear' }
  const reason = unsupportedInput(bytes)
  if (reason !== undefined) return { _tag: 'Unsupported', reason }
  const { compression, format = json } = detect(bytes, trusted)
  if (compression !== undefined) return { _tag: 'Compressed', compression }
  const printed = format === json ? notJson(bytes) : undefined
  if (printed !== undefined) return { _tag: 'Unsupported', reason: printed }
  return { _tag: 'Records', format: format.name === 'NDJSON' && isPretty(bytes) ? json : format }
}

/** True if an input begins with an object or a list over several lines, as `jq .` prints it. */
const isPretty = (bytes: Uint8Array): boolean =>
  /^\s*[[{][ \t]*\r?\n[ \t]+["[{]/.test(new TextDecoder().decode(bytes.subarray(0, 256)))

const json = formatByName('JSON') as LazyFormat
