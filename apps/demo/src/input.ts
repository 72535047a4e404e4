import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import * as Effect from 'effect/Effect'
import type { Item, Reader } from '@finetune-kit/serialization'
import type * as t from 'io-ts'
import { formatOf } from './formatOf.ts'
import { type Trouble, trouble } from './Trouble.ts'

/** The name by which standard input is asked for, as everywhere. */
export const stdin = '-'

/** How people call an input. */
export const nameOf = (path: string): string => (path === stdin ? 'stdin' : path)

/** The pieces of a file. Its path is one of the folder that the command was given in, also when pnpm runs it from another. */
const pieces = (path: string): AsyncIterable<Uint8Array> =>
  path === stdin ? process.stdin : createReadStream(resolve(process.env['INIT_CWD'] ?? '', path))

/** All of a file. */
export const bytes = async (path: string): Promise<Uint8Array> => {
  const all: Array<Uint8Array> = []
  for await (const piece of pieces(path)) all.push(piece)
  return Buffer.concat(all)
}

/** The records of a file, a batch for each piece that is read: files of any size take the same memory. */
export async function* items<A, O>(path: string, codec: t.Type<A, O>): AsyncGenerator<Iterable<Item<A>>> {
  let reader: Reader<A> | undefined
  for await (const piece of pieces(path)) {
    reader ??= formatOf(path, piece).of(codec).reader()
    yield reader.push(piece)
  }
  if (reader !== undefined) yield reader.end()
}

/** Goes through a file; why it cannot be read is one sentence. */
export const reading = <A>(path: string, go: () => Promise<A>): Effect.Effect<A, Trouble> =>
  Effect.tryPromise({ try: go, catch: error => trouble(sentence(nameOf(path), error)) })

const sentence = (name: string, error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOENT':
      return `There is no file ${name}.`
    case 'EISDIR':
      return `${name} is a folder, not a file.`
    case 'EACCES':
      return `${name} may not be read by this user.`
    default:
      return `${name} could not be read: ${message}.`
  }
}
