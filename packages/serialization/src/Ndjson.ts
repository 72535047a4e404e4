import { type DecodeError, malformed, type Position } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaults, type Format, type Item, type ReaderOptions, type Records } from './Format.ts'
import { encodeJson } from './internal/encodeJson.ts'
import { jsonDecoder } from './internal/jsonDecoder.ts'
import { type Line, lines } from './internal/lines.ts'
import { bytesOf, textOf, wholeCharacters } from './internal/utf8.ts'
import { positionAt } from './positions.ts'

/**
 * A JSON text a line (ndjson-spec 1.0.0, jsonlines.org). Reading takes LF, CR LF and CR as line ends, a last line
 * without one, and a byte order mark at the beginning of a line (RFC 8259 §8.1: parsers "MAY ignore" it); lines of nothing
 * but white space are no records. Writing ends every line with LF.
 *
 * @example
 * const reader = Ndjson.of(t.type({ x: t.number })).reader()
 * const items = [...reader.push(new TextEncoder().encode('{"x":1}\n{"x'))]
 * items.map(item => item.line) // => [1]
 */
const of = <A, O>(codec: t.Type<A, O>): Records<A> => {
  const decode = jsonDecoder(codec, name)
  return {
    reader: options => {
      const limits = { ...defaults, ...options }
      const frame = lines(limits.maxRecordBytes)
      let accepted = 0
      const read = (line: Line): Item<A> | undefined => {
        if (line.text === undefined) return unreadable(line, limits)
        const text = line.text.startsWith('\ufeff') ? line.text.slice(1) : line.text
        if (isBlank(text)) return undefined
        const base = { offset: line.offset + (text === line.text ? 0 : 3), line: line.line, column: 1 }
        if (accepted >= limits.maxRecords)
          return reject(line, malformed(name, `more than ${limits.maxRecords} records`, base))
        const result = decode(text, limits, base)
        if (E.isLeft(result)) return reject(line, result.left)
        accepted++
        return { _tag: 'Record', value: result.right, offset: line.offset, line: line.line }
      }
      function* items(of: Iterable<Line>): Generator<Item<A>> {
        for (const line of of) {
          const item = read(line)
          if (item !== undefined) yield item
        }
      }
      return { push: bytes => items(frame.push(bytes)), end: () => items(frame.end()) }
    },
    writer: () => ({
      push: a => E.map((text: string) => bytesOf(`${text}\n`))(encodeJson(codec.encode(a))),
      end: () => new Uint8Array(0),
    }),
  }
}

const name = 'NDJSON'

const isBlank = (text: string): boolean => (text.charCodeAt(0) > 0x20 ? false : /^[ \t]*$/.test(text))

const reject = <A>(line: Line, error: DecodeError): Item<A> => ({
  _tag: 'Reject',
  raw: line.raw(),
  error,
  offset: line.offset,
  line: line.line,
})

const unreadable = <A>(line: Line, limits: Required<ReaderOptions>): Item<A> => {
  const raw = line.raw()
  const at: Position = { offset: line.offset, line: line.line, column: 1 }
  if (line.size > limits.maxRecordBytes)
    return reject(line, malformed(name, `a record longer than ${limits.maxRecordBytes} bytes`, at))
  const good = textOf(raw.subarray(0, wholeCharacters(raw))) as string
  return reject(line, malformed(name, 'not UTF-8', positionAt(good, good.length, at)))
}

export const Ndjson: Format = {
  name,
  extensions: ['.ndjson', '.jsonl'],
  mediaType: 'application/x-ndjson',
  of,
}
