import { type DecodeError, malformed, type Position } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type Format, type ReadResult, type RecordFormat } from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import { encodeJson } from './encodeJson.ts'
import { jsonDecoder } from './jsonDecoder.ts'
import { recordBuffer } from '../bytes/RecordBuffer.ts'
import { type Line, lines, rawOf } from '../bytes/lines.ts'
import { readText, withoutMark } from '../bytes/readText.ts'
import { pooledEncoder } from '../bytes/pooledEncoder.ts'
import { bytesOf } from '../bytes/utf8.ts'
import { isJson } from './isJson.ts'

const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> => {
  const decode = jsonDecoder(codec, name)
  return {
    reader: options => {
      const limits = { ...defaultLimits, ...options }
      const frame = lines(limits.maxRecordBytes)
      const admit = toReadResult<A>(name, limits.maxRecords)
      const raw = recordBuffer(limits.maxRecordBytes)
      const maxLines = Math.max(fewLines, Math.ceil(limits.maxRecordBytes / lineBytes))
      let event: Event | undefined

      const add = (line: Line): void => {
        event ??= { place: line, data: [], texts: 0 }
        const at = { offset: line.offset, line: line.line, column: 1 }
        raw.add(line.block.subarray(line.from, line.to), line.size)
        raw.add(lineFeed)
        const found =
          line.text === undefined
            ? readText(name, limits.maxRecordBytes, { bytes: rawOf(line), size: line.size, at })
            : E.right(withoutMark(line.text, at))
        if (E.isLeft(found)) {
          event.error ??= found.left
          return
        }
        // "If the line contains a U+003A COLON character (:) …
        // If value starts with a U+0020 SPACE character, remove it"
        const [, field = '', gap = '', value = ''] = /^([^:]*)(:? ?)(.*)$/s.exec(found.right.text) ?? []
        if (field === 'data') {
          const before = field.length + gap.length
          const { offset, column } = found.right.at
          if (value !== '') event.texts++
          event.data.push({ text: value, at: { ...at, offset: offset + before, column: column + before } })
          if (event.data.length <= maxLines) return
          event.error ??= malformed(name, `an event of more than ${maxLines} lines`, at)
          event.data.length = 0
        } else if (limits.strict && field !== '')
          event.error ??= malformed(name, `the field "${field}" of an event cannot be kept`, at)
        else if (/^[\w.-]*$/.test(field)) event.isKnown = true
        else
          event.odd ??= malformed(name, `expected "data:", found ${JSON.stringify(field[0])}`, found.right.at)
      }

      const finish = (): ReadResult<A> | undefined => {
        const done = event
        const { bytes, size } = raw.take()
        event = undefined
        if (done === undefined) return undefined
        const text = done.data.map(data => data.text).join('\n')
        if (done.data.length === 0 && done.isKnown !== true && done.odd !== undefined) done.error ??= done.odd
        if (done.error === undefined && (done.texts === 0 || text.trim() === '[DONE]')) return undefined
        const { offset, line } = done.place
        const at = { offset, line, column: 1 }
        const read = () => {
          if (done.error !== undefined) return E.left(done.error)
          return size > limits.maxRecordBytes
            ? E.left(malformed(name, `a record longer than ${limits.maxRecordBytes} bytes`, at))
            : E.mapLeft(inLines(done.data))(decode(text, limits))
        }
        return admit({ offset, line }, () => bytes, read)
      }

      function* items(of: Iterable<ReadonlyArray<Line>>): Generator<ReadResult<A>> {
        for (const line of flat(of)) {
          if (line.size > 0) {
            if (isComment(line)) continue
            const before = hasText(line) && isWhole(event) ? finish() : undefined
            if (before !== undefined) yield before
            add(line)
            continue
          }
          const item = finish()
          if (item !== undefined) yield item
        }
      }
      return {
        push: bytes => items(frame.push(bytes)),
        *end() {
          yield* items(frame.end())
          const item = finish()
          if (item !== undefined) yield item
        },
      }
    },
    writer: () => {
      const toBytes = pooledEncoder()
      return {
        push: a => E.map((text: string) => toBytes(`data: ${text}\n\n`))(encodeJson(codec.encode(a))),
        end: () => toBytes('data: [DONE]\n\n'),
      }
    },
  }
}

const name = 'event stream'
const lineFeed = new Uint8Array([10])

/** The memory that a line takes, however short it is. */
const lineBytes = 128

/** The line limit is never lower than this. */
const fewLines = 1000

interface Event {
  readonly place: Line
  readonly data: Array<{ readonly text: string; readonly at: Position }>
  /** The number of data lines that are not empty. */
  texts: number
  /** The answer of {@link isWhole} for one such line: its text may be long, and lines many. */
  isWhole?: boolean
  error?: DecodeError
  /** The error of a line that begins with no known field. */
  odd?: DecodeError
  /** True if a line begins with a known field. */
  isKnown?: boolean
}

function* flat<A>(of: Iterable<ReadonlyArray<A>>): Generator<A> {
  for (const group of of) yield* group
}

/** True for a data line that is not empty, which may begin an event. */
const hasText = ({ text }: Line): boolean => text !== undefined && /^data: ?[^]/.test(text)

/** True if the only data line with a text is a complete JSON text, which no further line continues. */
const isWhole = (event: Event | undefined): boolean => {
  if (event?.texts !== 1 || event.error !== undefined) return false
  event.isWhole ??= isJson(event.data.map(({ text }) => text).join(''))
  return event.isWhole
}

const isComment = ({ text }: Line): boolean => text !== undefined && /^\ufeff?:/.test(text)

/** The error with positions in the input: each data line starts at another place. */
const inLines =
  (data: Event['data']) =>
  (error: DecodeError): DecodeError => {
    const starts: Array<number> = []
    data.reduce((offset, { text }) => {
      starts.push(offset)
      return offset + bytesOf(text).length + 1
    }, 0)
    const move = ({ offset, line, column }: Position): Position => {
      const at = data[line - 1]?.at as Position
      return {
        offset: at.offset + offset - (starts[line - 1] as number),
        line: at.line,
        column: at.column + column - 1,
      }
    }
    if (error._tag === 'Malformed')
      return { ...error, ...move(error), ...(error.first && { first: move(error.first) }) }
    return {
      ...error,
      issues: error.issues.map(issue =>
        issue.position === undefined ? issue : Object.assign({}, issue, { position: move(issue.position) }),
      ),
    }
  }

/**
 * Server-sent events (WHATWG HTML §9.2, `text/event-stream`) with JSON data, closed by `data:
 * [DONE]`: the service's event streams. Comments and the fields `event`, `id` and `retry`, which no
 * record can hold, are skipped; `strict` refuses an event that has one.
 *
 * Unlike a browser, the reader accepts a last event without its blank line, because a JSON object
 * is complete by itself. For the same reason a data line after a complete one starts a new event,
 * unless it is empty: archives lose the blank lines. An event whose data is empty is skipped, as in
 * §9.2.6. And where a browser skips all unknown lines, an event without any
 * known field is refused, because it is of another format.
 */
export const EventStream: Format = {
  name,
  extensions: ['.sse'],
  mediaType: 'text/event-stream',
  needsSchema: false,
  isRandomAccess: false,
  isManyRecord: true,
  of,
}
