import {
  type DecodeError,
  type Malformed,
  decode as checked,
  malformed,
  type Position,
} from '@finetune-kit/codec'
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
import { readText, type Text, withoutMark } from '../bytes/readText.ts'
import { bytesOf } from '../bytes/utf8.ts'
import { positionAt, start } from '../bytes/positions.ts'
import { documents, type Found, name } from './documents.ts'
import { flawOf, ignoredDirectives } from './parseErrors.ts'
import { strayReturnIn } from './precheck.ts'
import { itemSources, placesIn, type Source, wholeSource } from './sources.ts'
import { beginOf, nodeAt, nodeReader, unquotedText } from './valueOf.ts'
import { mark, write } from './write.ts'
import { yamlFacts } from './facts.ts'

const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> & ValueFormat<A, string> => {
  const check = checked(codec)

  const readSource = (source: Source, toValue: ReturnType<typeof nodeReader>): E.Either<DecodeError, A> => {
    const value = toValue(source.node)
    if (E.isLeft(value))
      return E.left(malformed(name, value.left.reason, placesIn(source, [value.left.at])[0] as Position))
    const result = check(value.right)
    if (E.isRight(result) || result.left._tag === 'Malformed') return result
    const nodes = result.left.issues.map(({ path }) => nodeAt(source.doc, source.node, path))
    const positions = placesIn(source, nodes.map(beginOf))
    const issues = result.left.issues.map((issue, i) => {
      const message = issue.message ?? unquotedText(nodes[i], issue)
      return Object.assign({}, issue, message !== undefined && { message }, {
        position: positions[i] as Position,
      })
    })
    return E.left<DecodeError, A>({ ...result.left, issues })
  }

  const read = (found: Found, limits: Required<ReaderOptions>): E.Either<DecodeError, A> => {
    if (E.isLeft(found.doc)) return found.doc
    const source = wholeSource(found.doc.right, found)
    const flaw = flawOf(source.doc, source.text)
    if (flaw === undefined) return readSource(source, nodeReader(limits))
    return E.left(malformed(name, flaw.reason, placesIn(source, [flaw.at])[0] as Position))
  }

  return {
    encode: a => write(codec.encode(a)),
    decode: (written, options) => {
      const limits = { ...defaultLimits, ...options }
      const found =
        typeof written === 'string'
          ? E.right(withoutMark(written, start))
          : readText(name, limits.maxRecordBytes, { bytes: written, size: written.length, at: start })
      const text = E.chain(checkedText)(found)
      const one = E.isLeft(text) ? text : onlyDocument(text.right, limits)
      return E.isLeft(one) ? one : read(one.right, limits)
    },
    reader: options => {
      const limits = { ...defaultLimits, ...options }
      const kept = recordBuffer(limits.maxRecordBytes)
      const admit = toReadResult<A>(name, limits.maxRecords)
      const { note, notes } = directiveNotes()
      function* items(): Generator<ReadResult<A>> {
        const whole = { ...kept.take(), at: start }
        const found = E.chain(checkedText)(readText(name, limits.maxRecordBytes, whole))
        if (E.isLeft(found)) {
          yield { _tag: 'Reject', raw: whole.bytes, error: found.left, offset: 0, line: 1, isFinal: true }
          return
        }
        for (const one of documents(found.right, limits)) {
          note(one)
          const items = itemSources(one)
          const toValue = nodeReader(limits)
          if (items === undefined)
            yield admit(
              placeOf(one),
              () => bytesOf(one.part.text.slice(one.from, one.to)),
              () => read(one, limits),
            )
          else
            for (const item of items)
              yield admit(
                item.at,
                () => bytesOf(item.text),
                () => readSource(item, toValue),
              )
        }
      }
      return {
        push: bytes => {
          kept.add(bytes)
          return []
        },
        end: items,
        notes,
      }
    },
    writer: () => ({
      push: a => E.map((text: string) => bytesOf(mark + text))(write(codec.encode(a), true)),
      end: () => new Uint8Array(0),
    }),
  }
}

/** The most notes about an input. */
const maxNotes = 10

/** Collects notes about the directives of documents that are ignored. */
const directiveNotes = () => {
  const notes: Array<string> = []
  return {
    notes: (): ReadonlyArray<string> => notes,
    note: ({ doc, part: { text, at } }: Found): void => {
      if (E.isLeft(doc)) return
      for (const flaw of ignoredDirectives(doc.right, text).slice(0, maxNotes - notes.length))
        notes.push(`line ${positionAt(text, flaw.at, at).line}: ${flaw.reason}`)
    },
  }
}

/** The text of an input, or the position of a stray carriage return. */
const checkedText = (found: Text): E.Either<Malformed, Text> => {
  const stray = strayReturnIn(found.text)
  return stray === undefined
    ? E.right(found)
    : E.left(malformed(name, stray.reason, positionAt(found.text, stray.at, found.at)))
}

/** The document of a text that holds exactly one. */
const onlyDocument = (text: Text, limits: Required<ReaderOptions>): E.Either<Malformed, Found> => {
  let first: Found | undefined
  let second: Found | undefined
  let count = 0
  for (const one of documents(text, limits)) {
    if (count++ === 0) first = one
    else second ??= one
  }
  if (first !== undefined && second === undefined) return E.right(first)
  const position = second === undefined ? text.at : placeOf(second)
  return E.left(malformed(name, `expected one document, found ${count}`, position))
}

/** The start of a document. */
const placeOf = ({ part, from }: Found): Position => positionAt(part.text, from, part.at)

/**
 * YAML 1.2 (core schema): one value, or many records as documents, each after a `---`. A document
 * that is a list holds a record in each item; a record that is a list is written as the item of
 * one. The reader refuses what has no JSON value: `.inf`, numbers that a double does not hold,
 * duplicate keys, keys that are not strings, custom tags, aliases that expand too far.
 *
 * It buffers the whole input. A document has at most 4 Mi characters, a token for each 128 bytes of
 * `maxRecordBytes`, and 500 levels of nesting; the writer takes 250.
 *
 * @example
 * Yaml.of(t.unknown).encode({ name: 'no', at: [1, -0] }) // => either.right('name: "no"\nat:\n  - 1\n  - -0\n')
 * const wrong = Yaml.of(t.type({ n: t.number })).decode('n: 1\nn: 2\n')
 * either.mapLeft(draw)(wrong) // => either.left('2:1 not YAML: a key that is there twice. Rename one')
 */
export const Yaml: FormatOfValues<string> = {
  ...yamlFacts,
  of,
}
