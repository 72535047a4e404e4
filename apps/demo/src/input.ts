import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { detect, type Format, type Item, Json, type Reader } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { formatOf } from './formatOf.ts'
import { type Trouble, trouble } from './Trouble.ts'

/** The name by which standard input is asked for, as everywhere. */
export const stdin = '-'

/** How people call an input. */
export const nameOf = (path: string): string => (path === stdin ? 'stdin' : path)

/** Where a file lies. Its path is one of the folder that the command was given in, also when pnpm runs it from another. */
export const placeOf = (path: string): string =>
  path === stdin ? path : resolve(process.env['INIT_CWD'] ?? '', path)

/** The pieces of a file, unpacked if they are compressed. */
async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  const raw: AsyncIterable<Uint8Array> = path === stdin ? process.stdin : createReadStream(placeOf(path))
  const rest = raw[Symbol.asyncIterator]()
  const first = await rest.next()
  if (first.done === true) return
  const all = (async function* () {
    yield first.value
    yield* { [Symbol.asyncIterator]: () => rest }
  })()
  const { compression } = detect(first.value, path)
  // what unpacks is loaded by whom needs it: it takes longer than to read a file
  yield* compression === undefined
    ? all
    : (await import('./unpacked.ts')).unpacked(all, compression, nameOf(path))
}

/** All of a file. */
export const bytes = async (path: string): Promise<Uint8Array> => {
  const all: Array<Uint8Array> = []
  for await (const piece of pieces(path)) all.push(piece)
  return Buffer.concat(all)
}

/** The codec of an input, or what chooses it by the format and the beginning. */
type CodecIn<A, O> = t.Type<A, O> | ((format: Format, beginning: Uint8Array) => t.Type<A, O>)

const readerOf = <A, O>(codec: CodecIn<A, O>, format: Format, beginning: Uint8Array): Reader<A> =>
  format.of(typeof codec === 'function' ? codec(format, beginning) : codec).reader()

/** The records of a file, a batch for each piece that is read: files of any size take the same memory, empty ones give none. */
export async function* items<A, O>(path: string, codec: CodecIn<A, O>): AsyncGenerator<Iterable<Item<A>>> {
  let reader: Reader<A> | undefined
  for await (const piece of pieces(path)) {
    reader ??= readerOf(codec, formatOf(path, piece), piece)
    yield reader.push(piece)
  }
  if (reader !== undefined) yield reader.end()
}

/** A JSON file as one record, also when it holds a list; files in other formats as their records. */
export async function* whole<A, O>(path: string, codec: CodecIn<A, O>): AsyncGenerator<Iterable<Item<A>>> {
  const raw = await bytes(path)
  if (raw.length === 0) return
  const format = formatOf(path, raw)
  if (format === Json && typeof codec === 'object') {
    const read = Json.of(codec).decode(raw)
    yield read._tag === 'Right'
      ? [{ _tag: 'Record', offset: 0, value: read.right }]
      : [{ _tag: 'Reject', offset: 0, raw, error: read.left }]
    return
  }
  const reader = readerOf(codec, format, raw)
  yield reader.push(raw)
  yield reader.end()
}

/** Goes through a file; why it cannot be read is one sentence. */
export const reading = <A>(path: string, go: () => Promise<A>): Effect.Effect<A, Trouble> =>
  Effect.tryPromise({ try: go, catch: error => trouble(sentence(nameOf(path), error)) })

const sentence = (name: string, error: unknown): string => {
  const { code, message, reason } = error as NodeJS.ErrnoException & { readonly reason?: string }
  switch (code) {
    case 'ENOENT':
      return `There is no file ${name}.`
    case 'EISDIR':
      return `${name} is a folder, not a file.`
    case 'EACCES':
      return `${name} may not be read by this user.`
    default:
      return `${name} could not be read: ${reason ?? message}.`
  }
}
