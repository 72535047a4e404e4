import { type DecodeError, decode as checked, malformed, type Position } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import {
  defaultLimits,
  type ReadResult,
  type ReaderOptions,
  type RecordFormat,
  type ValueFormat,
  type FormatOfValues,
} from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import { recordBuffer } from '../bytes/RecordBuffer.ts'
import { readText, withoutMark } from '../bytes/readText.ts'
import { bytesOf } from '../bytes/utf8.ts'
import { positionAt, positionsAt, start } from '../bytes/positions.ts'
import { documents, type Found, name, overflowing } from './documents.ts'
import { strayReturnIn } from './precheck.ts'
import { indexOf, valueOf } from './valueOf.ts'
import { mark, write } from './write.ts'
import { yamlFacts } from './facts.ts'

/**
 * YAML 1.2 (core schema): one value, or many records as documents, each after a `---`. The reader
 * refuses what has no JSON value: `.inf`, numbers that a double does not hold, duplicate keys, keys
 * that are not strings, custom tags, aliases that expand too far.
 *
 * It buffers the whole input. A document has at most 4 Mi characters; the writer takes 250 levels
 * of nesting.
 *
 * @example
 * Yaml.of(t.unknown).encode({ name: 'no', at: [1, -0] }) // => either.right('name: "no"\nat:\n  - 1\n  - -0\n')
 * const wrong = Yaml.of(t.type({ n: t.number })).decode('n: 1\nn: 2\n')
 * either.mapLeft(draw)(wrong) // => either.left('2:1 not YAML: Map keys must be unique')
 */
const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> & ValueFormat<A, string> => {
  const check = checked(codec)

  const read = (found: Found, limits: Required<ReaderOptions>): E.Either<DecodeError, A> => {
    if (E.isLeft(found.doc)) return found.doc
    const doc = found.doc.right
    const places = placesIn(found)
    const flawed = (index: number, reason: string): E.Either<DecodeError, A> =>
      E.left(malformed(name, reason, places([index])[0] as Position))
    const flaw = doc.errors[0] ?? doc.warnings[0]
    if (flaw !== undefined)
      return flawed(flaw.pos[0], flaw.code === 'RESOURCE_EXHAUSTION' ? overflowing : flaw.message)
    const value = valueOf(doc, limits.maxDepth)
    if (E.isLeft(value)) return flawed(value.left.at, value.left.reason)
    const result = check(value.right)
    if (E.isRight(result) || result.left._tag === 'Malformed') return result
    const positions = places(result.left.issues.map(({ path }) => indexOf(doc, path)))
    const issues = result.left.issues.map((issue, i) =>
      Object.assign({}, issue, { position: positions[i] as Position }),
    )
    return E.left<DecodeError, A>({ ...result.left, issues })
  }

  return {
    encode: a => write(codec.encode(a)),
    decode: (written, options) => {
      const limits = { ...defaultLimits, ...options }
      const found =
        typeof written === 'string'
          ? E.right(withoutMark(written, start))
          : readText(name, limits.maxRecordBytes, { bytes: written, size: written.length, at: start })
      if (E.isLeft(found)) return found
      const { text, at } = found.right
      const stray = strayReturnIn(text)
      if (stray !== undefined) return E.left(malformed(name, stray.reason, positionAt(text, stray.at, at)))
      let first: Found | undefined
      let second: Found | undefined
      let count = 0
      for (const one of documents(found.right, limits.maxDepth)) {
        if (count++ === 0) first = one
        else second ??= one
      }
      if (first !== undefined && second === undefined) return read(first, limits)
      const place = second === undefined ? at : placeOf(second)
      return E.left(malformed(name, `expected one document, found ${count}`, place))
    },
    reader: options => {
      const limits = { ...defaultLimits, ...options }
      const kept = recordBuffer(limits.maxRecordBytes)
      const admit = toReadResult<A>(name, limits.maxRecords)
      function* items(): Generator<ReadResult<A>> {
        const whole = { ...kept.take(), at: start }
        const found = readText(name, limits.maxRecordBytes, whole)
        if (E.isLeft(found)) {
          yield { _tag: 'Reject', raw: whole.bytes, error: found.left, offset: 0, line: 1, isFinal: true }
          return
        }
        const { text, at } = found.right
        const stray = strayReturnIn(text)
        if (stray !== undefined) {
          const error = malformed(name, stray.reason, positionAt(text, stray.at, at))
          yield { _tag: 'Reject', raw: whole.bytes, error, offset: 0, line: 1, isFinal: true }
          return
        }
        for (const one of documents(found.right, limits.maxDepth))
          yield admit(
            placeOf(one),
            () => bytesOf(one.part.text.slice(one.from, one.to)),
            () => read(one, limits),
          )
      }
      return {
        push: bytes => {
          kept.add(bytes)
          return []
        },
        end: items,
      }
    },
    writer: () => ({
      push: a => E.map((text: string) => bytesOf(mark + text))(write(codec.encode(a))),
      end: () => new Uint8Array(0),
    }),
  }
}

/** The start of a document. */
const placeOf = ({ part, from }: Found): Position => positionAt(part.text, from, part.at)

/** The positions of indexes in the part that contains a document. */
const placesIn =
  ({ part: { text, at } }: Found) =>
  (indices: ReadonlyArray<number>): ReadonlyArray<Position> => {
    const found = positionsAt(text, indices, at)
    return indices.map(index => found.get(index) as Position)
  }

export const Yaml: FormatOfValues<string> = {
  ...yamlFacts,
  of,
}
