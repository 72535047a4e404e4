import { type Compression, compressionOf } from './Compression.ts'
import { Csv } from './csv/Csv.ts'
import { EventStream } from './json/EventStream.ts'
import type { Format } from './Format.ts'
import { formatByName, formats } from './formats.ts'
import { wholeCharacters } from './bytes/utf8.ts'
import { Json } from './json/Json.ts'
import { MessagePack } from './messagepack/MessagePack.ts'
import { Ndjson } from './json/Ndjson.ts'
import { Yaml } from './yaml/Yaml.ts'

/** What an input seems to be. Of a compressed one only its name can tell the format inside. */
export interface Detected {
  readonly format?: Format
  readonly compression?: Compression
}

/**
 * What the first bytes of an input, and the name of its file if it has one, say that it is. Bytes that only one format
 * begins with decide; then the name; then what the bytes look like. Brotli has no such bytes: only a name tells it.
 *
 * @example
 * const bytes = (text: string) => new TextEncoder().encode(text)
 * detect(bytes('{"a":1}\n{"a":2}\n')).format?.name // => 'NDJSON'
 * detect(bytes('{"object":"list","data":[')).format?.name // => 'JSON'
 * detect(new Uint8Array([0x1f, 0x8b, 8]), 'runs.csv.gz').format?.name // => 'CSV'
 */
export const detect = (bytes: Uint8Array, name = ''): Detected => {
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
  const format =
    compression === undefined
      ? (formats.find(({ magic }) => magic !== undefined && begins(bytes, magic)) ?? byName ?? byText(bytes))
      : byName
  return { ...(format && { format }), ...(compression && { compression }) }
}

const begins = (bytes: Uint8Array, magic: ReadonlyArray<number>): boolean =>
  bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte)

/** A frame of zstd that holds nothing but what tools wrote for themselves (RFC 8878 §3.1.2): pzstd begins with one. */
const isSkippable = (bytes: Uint8Array): boolean =>
  ((bytes[0] ?? 0) & 0xf0) === 0x50 && begins(bytes.subarray(1), [0x2a, 0x4d, 0x18])

const byText = (bytes: Uint8Array): Format | undefined => {
  if (wholeCharacters(bytes.subarray(0, 4)) === 0) return isPacked(bytes[0] ?? 0) ? MessagePack : undefined
  const text = new TextDecoder().decode(bytes.subarray(0, 65_536)).trimStart()
  const [first = '', second = ''] = text.split(/[\r\n]+/, 2)
  if (/^(---(\s|$)|%YAML )/.test(first)) return Yaml
  if (/^(data|event|id|retry)?:/.test(first)) return EventStream
  if (/^[[{"\d-]|^(true|false|null)\b/.test(first) && (isJson(first) || /^[[{]/.test(first)))
    return second.trim() !== '' && !/[[{,:]$/.test(first) && (isJson(first) || isJson(second)) ? Ndjson : Json
  return /^[^\s,]+(,[^\s,]+)+$/.test(first) ? Csv : undefined // a header, and not a sentence
}

/** The first byte of a map, a list or an extension of MessagePack. */
const isPacked = (c: number): boolean =>
  (c >= 0x80 && c <= 0x9f) || (c >= 0xc7 && c <= 0xc9) || (c >= 0xd4 && c <= 0xd8) || (c >= 0xdc && c <= 0xdf)

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
