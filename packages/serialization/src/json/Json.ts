import type { DecodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import {
  defaultLimits,
  type ReadResult,
  type RecordFormat,
  type ValueFormat,
  type FormatOfValues,
  type WriterOptions,
} from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import { encodeJson } from './encodeJson.ts'
import { jsonDecoder } from './jsonDecoder.ts'
import { jsonItems, type Piece } from './jsonItems.ts'
import { readRawText, readText, withoutMark } from '../bytes/readText.ts'
import { pooledEncoder } from '../bytes/pooledEncoder.ts'
import { start } from '../bytes/positions.ts'

const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> & ValueFormat<A, string> => ({
  encode: (a, options) => encodeJson(codec.encode(a), { indent: indentOf(options) }),
  decode: valueReader(codec, 'JSON'),
  reader: itemReader(codec, 'JSON'),
  writer: options => {
    const toBytes = pooledEncoder()
    let before = '[\n'
    const indent = indentOf(options)
    return {
      push: a =>
        E.map((text: string) => {
          const bytes = toBytes(before + text)
          before = ',\n'
          return bytes
        })(encodeJson(codec.encode(a), { indent })),
      end: () => toBytes(before === '[\n' ? '[]\n' : '\n]\n'),
    }
  },
})

const indentOf = (options?: WriterOptions): number | undefined => (options?.pretty === true ? 2 : undefined)

/** Reads one value from JSON text. */
export const valueReader = <A, O>(codec: t.Type<A, O>, format: string): ValueFormat<A, string>['decode'] => {
  const decode = jsonDecoder(codec, format)
  return (written, options) => {
    const limits = { ...defaultLimits, ...options }
    const found =
      typeof written === 'string'
        ? E.right(withoutMark(written, start))
        : readText(format, limits.maxRecordBytes, { bytes: written, size: written.length, at: start })
    return E.isLeft(found) ? found : decode(found.right.text, limits, found.right.at)
  }
}

/** Reads records from a JSON list. */
export const itemReader =
  <A, O>(codec: t.Type<A, O>, format: string): RecordFormat<A>['reader'] =>
  options => {
    const limits = { ...defaultLimits, ...options }
    const frame = jsonItems(format, limits.maxRecordBytes, limits)
    const admit = toReadResult<A>(format, limits.maxRecords)
    const decode = jsonDecoder(codec, format)
    const read = (piece: Piece): E.Either<DecodeError, A> => {
      if (piece.error !== undefined) return E.left(piece.error)
      const found = readRawText(format, limits.maxRecordBytes, piece)
      return E.isLeft(found) ? found : decode(found.right.text, limits, found.right.at)
    }
    function* items(of: Iterable<Piece>): Generator<ReadResult<A>> {
      for (const piece of of) {
        const item = admit(
          piece.at,
          () => piece.bytes,
          () => read(piece),
        )
        yield item._tag === 'Reject' && piece.rest ? { ...item, isFinal: true } : item
      }
    }
    return { push: bytes => items(frame.push(bytes)), end: () => items(frame.end()) }
  }

/**
 * JSON (RFC 8259): one value, or many records as a list with one item on each line. Records are
 * read from a list, from the list under `data` of an object (an API's envelope; its other keys are
 * no records), or from one value. A bad item is a reject, like a bad line of NDJSON; reading
 * continues after it. Lists and objects that follow one another, each on a new line, are read one
 * after the other: `jq .` and `jq --seq` write them.
 *
 * @example
 * const Point = record('Point', { x: Integer })
 * Json.of(Point).decode('{"x":1}') // => either.right({ x: 1 })
 * const wrong = Json.of(Point).decode('{"x":\n1.5}')
 * either.mapLeft(draw)(wrong) // => either.left('2:1 /x: expected integer, found 1.5')
 */
export const Json: FormatOfValues<string> = {
  name: 'JSON',
  extensions: ['.json'],
  mediaType: 'application/json',
  needsSchema: false,
  isRandomAccess: false,
  isManyRecord: false,
  of,
}
