import { type DecodeError, decode as checked, malformed, type Position } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { type Document, parseAllDocuments } from 'yaml'
import * as E from '#fp-ts/Either'
import {
  defaults,
  type Item,
  type ReaderOptions,
  type Records,
  type Value,
  type ValueFormat,
} from './Format.ts'
import { admission } from './internal/admission.ts'
import { keeper } from './internal/keeper.ts'
import { readText, type Text, withoutMark } from './internal/readText.ts'
import { bytesOf } from './internal/utf8.ts'
import { positionAt, positionsAt, start } from './positions.ts'
import { flawOf } from './yaml/flaws.ts'
import { indexOf, valueOf } from './yaml/valueOf.ts'
import { write } from './yaml/write.ts'

/**
 * YAML 1.2 (core schema), for people: one value, or many records as documents, each behind a `---`. Reads what has a value in
 * JSON; refuses with its place what has none: `.inf`, numbers that a double does not hold, keys that are no texts or are
 * there twice, tags of others, aliases that unfold to too much. The whole input is kept until its end. Written is what is
 * nested up to 250 levels deep; read is what the stack allows.
 *
 * @example
 * Yaml.of(t.unknown).encode({ name: 'no', at: [1, -0] }) // => either.right('name: "no"\nat:\n  - 1\n  - -0\n')
 * const wrong = Yaml.of(t.type({ n: t.number })).decode('n: 1\nn: 2\n')
 * either.mapLeft(draw)(wrong) // => either.left('2:1 not YAML: Map keys must be unique')
 */
const of = <A, O>(codec: t.Type<A, O>): Records<A> & Value<A, string> => {
  const check = checked(codec)

  const read = (doc: Document.Parsed, places: Places, limits: Required<ReaderOptions>) => {
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
      const limits = { ...defaults, ...options }
      const found =
        typeof written === 'string'
          ? E.right(withoutMark(written, start))
          : readText(name, limits.maxRecordBytes, { bytes: written, size: written.length, at: start })
      if (E.isLeft(found)) return found
      return E.chain((docs: ReadonlyArray<Document.Parsed>): E.Either<DecodeError, A> => {
        const [doc, second] = docs
        if (doc !== undefined && second === undefined) return read(doc, placesIn(found.right), limits)
        const place = positionAt(found.right.text, second?.range[0] ?? 0, found.right.at)
        return E.left(malformed(name, `expected one document, found ${docs.length}`, place))
      })(documents(limits.maxDepth)(found.right))
    },
    reader: options => {
      const limits = { ...defaults, ...options }
      const kept = keeper(limits.maxRecordBytes)
      const admit = admission<A>(name, limits.maxRecords)
      function* items(): Generator<Item<A>> {
        const whole = { ...kept.take(), at: start }
        const found = readText(name, limits.maxRecordBytes, whole)
        const docs = E.chain(documents(limits.maxDepth))(found)
        if (E.isLeft(found) || E.isLeft(docs)) {
          const error = E.isLeft(docs) ? docs.left : undefined
          if (error !== undefined)
            yield { _tag: 'Reject', raw: whole.bytes, error, offset: 0, line: 1, rest: true }
          return
        }
        const { text, at } = found.right
        const begins = docs.right.map(({ range }) => range[0])
        const positions = positionsAt(text, begins, at)
        for (const [i, doc] of docs.right.entries())
          yield admit(
            positions.get(begins[i] as number) as Position,
            () => bytesOf(text.slice(begins[i], begins[i + 1])),
            () => read(doc, placesIn(found.right, doc.range[0], positions.get(begins[i] as number)), limits),
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
      push: a => E.map((text: string) => bytesOf(`---\n${text}`))(write(codec.encode(a))),
      end: () => new Uint8Array(0),
    }),
  }
}

const name = 'YAML'
const overflowing = 'nested too deeply'

/** The positions of these indices of a text. */
type Places = (indices: ReadonlyArray<number>) => ReadonlyArray<Position>

/** Counted from where a document begins, if that is known: from the beginning of the text, many would cost the square. */
const placesIn =
  ({ text, at }: Text, begin = 0, there: Position = at): Places =>
  indices => {
    const [from, base] = indices.every(index => index >= begin) ? [begin, there] : [0, at]
    const found = positionsAt(
      text.slice(from),
      indices.map(index => index - from),
      base,
    )
    return indices.map(index => found.get(index - from) as Position)
  }

const documents =
  (maxDepth: number) =>
  ({ text, at }: Text): E.Either<DecodeError, ReadonlyArray<Document.Parsed>> => {
    const flaw = flawOf(text, maxDepth)
    if (flaw !== undefined) return E.left(malformed(name, flaw.reason, positionAt(text, flaw.at, at)))
    try {
      const docs = parseAllDocuments(text, { schema: 'core', prettyErrors: false, uniqueKeys: false })
      return E.right('empty' in docs ? [] : docs)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return E.left(malformed(name, overflowing, at))
    }
  }

export const Yaml: ValueFormat<string> = {
  name,
  extensions: ['.yaml', '.yml'],
  mediaType: 'application/yaml',
  of,
}
