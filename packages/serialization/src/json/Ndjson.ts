import type { DecodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type Format, type ReadResult, type RecordFormat } from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import { encodeJson } from './encodeJson.ts'
import { jsonDecoder } from './jsonDecoder.ts'
import { type Line, lines, rawOf } from '../bytes/lines.ts'
import { pooledEncoder } from '../bytes/pooledEncoder.ts'
import { readText, withoutMark } from '../bytes/readText.ts'

const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> => {
  const decode = jsonDecoder(codec, name)
  return {
    reader: options => {
      const limits = { ...defaultLimits, ...options }
      const frame = lines(limits.maxRecordBytes)
      const admit = toReadResult<A>(name, limits.maxRecords)
      const read = (line: Line): E.Either<DecodeError, A> => {
        const at = { offset: line.offset, line: line.line, column: 1 }
        if (line.text !== undefined) {
          const { text, at: begin } = withoutMark(line.text, at)
          return decode(text, limits, begin, line.mayEscape)
        }
        const found = readText(name, limits.maxRecordBytes, { bytes: rawOf(line), size: line.size, at })
        return E.isLeft(found) ? found : decode(found.right.text, limits, found.right.at)
      }
      function* items(of: Iterable<ReadonlyArray<Line>>): Generator<ReadResult<A>> {
        for (const group of of) for (const line of group) if (!isBlank(line)) yield admit(line, rawOf, read)
      }
      return { push: bytes => items(frame.push(bytes)), end: () => items(frame.end()) }
    },
    writer: () => {
      const toBytes = pooledEncoder()
      return {
        push: a => E.map((text: string) => toBytes(`${text}\n`))(encodeJson(codec.encode(a))),
        end: () => new Uint8Array(0),
      }
    },
  }
}

const name = 'NDJSON'

const isBlank = ({ text }: Line): boolean =>
  text !== undefined &&
  !(text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0xfeff) &&
  /^\ufeff?[ \t]*$/.test(text)

/**
 * One JSON text on each line (ndjson-spec 1.0.0, jsonlines.org). The reader takes LF, CR LF and CR
 * as line ends, a last line without one, and a byte order mark at the start of a line (RFC 8259
 * §8.1: parsers "MAY ignore" it); blank lines are no records. The writer ends every line with LF.
 *
 * @example
 * const reader = Ndjson.of(t.type({ x: t.number })).reader()
 * const items = [...reader.push(new TextEncoder().encode('{"x":1}\n{"x'))]
 * items.map(item => item.line) // => [1]
 */
export const Ndjson: Format = {
  name,
  extensions: ['.ndjson', '.jsonl'],
  mediaType: 'application/x-ndjson',
  needsSchema: false,
  isRandomAccess: false,
  isManyRecord: true,
  of,
}
