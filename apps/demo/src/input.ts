import { type Format, type Item, Json } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import type { Kind } from '@finetune-kit/model'
import { formatOf } from './formatOf.ts'
import { judgeOf } from './judgeOf.ts'
import { isReadInPlace, kindIn } from './kindIn.ts'
import { type Opened, opened } from './opened.ts'
import { nameOf } from './place.ts'
import { type Trouble, trouble } from './Trouble.ts'

/** All of a file. */
export const bytes = async (path: string): Promise<Uint8Array> => joined((await opened(path))?.pieces ?? [])

const joined = async (pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Array<Uint8Array> = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

/** The codec of an input, or what chooses it by the format and by what its records seem to be. */
type CodecIn<A, O> = t.Type<A, O> | ((format: Format, kind: Kind.Kind | undefined) => t.Type<A, O>)

/** The records of a file, a batch for each piece that is read: files of any size take the same memory, empty ones give none. */
export async function* items<A, O>(path: string, codec: CodecIn<A, O>): AsyncGenerator<Iterable<Item<A>>> {
  const input = await opened(path)
  if (input !== undefined) yield* itemsOf(path, input, codec)
}

async function* itemsOf<A, O>(
  path: string,
  { beginning, pieces, isThere, close }: Opened,
  codec: CodecIn<A, O>,
): AsyncGenerator<Iterable<Item<A>>> {
  const format = formatOf(path, beginning)
  const codecOf = (kind: Kind.Kind | undefined) => (typeof codec === 'function' ? codec(format, kind) : codec)
  if (isReadInPlace(format)) {
    const { inPlace } = await import('./inPlace.ts')
    if (isThere) await close()
    yield* inPlace(isThere ? path : await joined(pieces), async function* (file) {
      const { rows } = format.of(codecOf(await kindIn(format, file)))
      for await (const item of rows?.(file) ?? []) yield [item]
    })
    return
  }
  const judge = judgeOf(format)
  if (typeof codec === 'function') judge.push(beginning)
  const reader = format.of(codecOf(judge.kind())).reader()
  for await (const piece of pieces) yield reader.push(piece)
  yield reader.end()
}

/** A JSON file as one record, also when it holds a list; files in other formats as their records. */
export async function* whole<A, O>(path: string, codec: CodecIn<A, O>): AsyncGenerator<Iterable<Item<A>>> {
  const input = await opened(path)
  if (input === undefined) return
  if (formatOf(path, input.beginning) !== Json || typeof codec !== 'object') {
    yield* itemsOf(path, input, codec)
    return
  }
  const raw = await joined(input.pieces)
  const read = Json.of(codec).decode(raw)
  yield read._tag === 'Right'
    ? [{ _tag: 'Record', offset: 0, value: read.right }]
    : [{ _tag: 'Reject', offset: 0, raw, error: read.left }]
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
    case 'ENOTDIR':
      return `There is no file ${name}: a part of its path is not a folder.`
    default:
      return `${name} could not be read: ${reason ?? message}.`
  }
}
