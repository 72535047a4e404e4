import { type Compression, compressionOf } from './Compression.ts'
import type { LazyFormat } from './Format.ts'
import { formatByName, formats } from './formats.ts'
import { otherSeparator } from './csv/separator.ts'
import { wholeCharacters } from './bytes/utf8.ts'
import { isJson } from './json/isJson.ts'

/**
 * The detected compression and format of an input. Of a compressed one, only the name tells the
 * format inside.
 */
export interface Detected {
  readonly format?: LazyFormat
  readonly compression?: Compression
}

/**
 * Detects an input by its first bytes, and by the name of its file, if any. Unique first bytes
 * decide; then the name; then the look of the text. Brotli has no unique first bytes: only a name
 * tells it.
 *
 * @example
 * const bytes = (text: string) => new TextEncoder().encode(text)
 * detect(bytes('{"a":1}\n{"a":2}\n')).format?.name // => 'NDJSON'
 * detect(bytes('{"object":"list","data":[')).format?.name // => 'JSON'
 * detect(new Uint8Array([0x1f, 0x8b, 8]), 'runs.csv.gz').format?.name // => 'CSV'
 */
export const detect = (bytes: Uint8Array, name = ''): Detected => {
  const { compression, format: certain } = detectCertain(bytes, name)
  const format = certain ?? (compression === undefined ? byText(bytes) : undefined)
  return { ...(format && { format }), ...(compression && { compression }) }
}

/** Detects by magic bytes and the name, without reading the text. */
const detectCertain = (bytes: Uint8Array, name: string): Detected => {
  const outer = compressionOf(name)
  const inner = outer === undefined ? name : name.slice(0, name.lastIndexOf('.'))
  const compression = begins(bytes, [0x1f, 0x8b])
    ? 'gzip'
    : begins(bytes, [0x28, 0xb5, 0x2f, 0xfd]) || isSkippable(bytes)
      ? 'zstd'
      : outer === 'brotli'
        ? 'brotli'
        : undefined
  const byName = formatByName(/\.[^./\\]+$/.exec(inner)?.[0] ?? '.')
  const byMagic =
    compression === undefined
      ? formats.find(({ magic }) => magic !== undefined && begins(bytes, magic))
      : undefined
  const format = byMagic ?? byName
  return { ...(format && { format }), ...(compression && { compression }) }
}

/**
 * True if more bytes of the input cannot change what {@link detect} returns. Text that begins like
 * JSON needs two lines, because a first line may be a whole record or only a part of one.
 *
 * @example
 * isConclusive(new TextEncoder().encode('{"a":')) // => false
 * isConclusive(new TextEncoder().encode('{"a":'), 'runs.ndjson') // => true
 */
export const isConclusive = (bytes: Uint8Array, name = ''): boolean => {
  if (bytes.length < longestMagic) return false
  const { compression, format } = detectCertain(bytes, name)
  if (compression !== undefined || format !== undefined || wholeCharacters(bytes.subarray(0, 4)) === 0)
    return true
  const first = bytes.findIndex(byte => byte > 0x20 && !byteOrderMark.has(byte))
  return endOfLines(bytes, jsonStarts.has(bytes[first] ?? 0) ? 2 : 1) !== undefined
}

const longestMagic = 4

const byteOrderMark = new Set([0xef, 0xbb, 0xbf])

/** The first bytes of a JSON value. */
const jsonStarts = new Set(new TextEncoder().encode('{["-0123456789tfn'))

/** The index after this many lines that are not blank, if there are as many. */
const endOfLines = (bytes: Uint8Array, lines: number): number | undefined => {
  let found = 0
  let isBlank = true
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte !== 0x0a && byte !== 0x0d) isBlank &&= byte <= 0x20
    else {
      if (!isBlank && ++found === lines) return at
      isBlank = true
    }
  }
  return undefined
}

const begins = (bytes: Uint8Array, magic: ReadonlyArray<number>): boolean =>
  bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte)

/** True for a skippable frame of zstd (RFC 8878 §3.1.2): pzstd writes one first. */
const isSkippable = (bytes: Uint8Array): boolean =>
  ((bytes[0] ?? 0) & 0xf0) === 0x50 && begins(bytes.subarray(1), [0x2a, 0x4d, 0x18])

const byText = (bytes: Uint8Array): LazyFormat | undefined => {
  if (wholeCharacters(bytes.subarray(0, 4)) === 0)
    return isPacked(bytes[0] ?? 0) ? formatByName('MessagePack') : undefined
  const text = new TextDecoder().decode(bytes.subarray(0, endOfLines(bytes, 2) ?? bytes.length)).trimStart()
  const [first = '', second = ''] = text.split(/[\r\n]+/, 2)
  if (/^(---(\s|$)|%YAML )/.test(first)) return formatByName('YAML')
  // a JSON text sequence (RFC 7464)
  if (first.startsWith('\u001e')) return formatByName('JSON')
  if (/^(data|event|id|retry)?:/.test(first)) return formatByName('event stream')
  if (/^[[{"\d-]|^(true|false|null)\b/.test(first) && (isJson(first) || /^[[{]/.test(first)))
    return formatByName(
      second.trim() !== '' && !/[[{,:]$/.test(first) && (isJson(first) || isJson(second)) ? 'NDJSON' : 'JSON',
    )
  // a header, not a sentence
  const isHeader =
    /^(?:[^\s,]*|Unnamed: 0)(,[^\s,]+)+$/.test(first) ||
    /^"?sep=[,;\t|]"?$/i.test(first) ||
    otherSeparator(first) !== undefined
  return isHeader ? formatByName('CSV') : undefined
}

/** True for the first byte of a MessagePack map, list or extension. */
const isPacked = (c: number): boolean =>
  (c >= 0x80 && c <= 0x9f) || (c >= 0xc7 && c <= 0xc9) || (c >= 0xd4 && c <= 0xd8) || (c >= 0xdc && c <= 0xdf)
