import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import * as Effect from 'effect/Effect'
import type { Item, Reader } from '@finetune-kit/serialization'
import { type Trouble, trouble } from './Trouble.ts'

/** The name by which standard input is asked for, as everywhere. */
export const stdin = '-'

/** How people call an input. */
export const nameOf = (path: string): string => (path === stdin ? 'stdin' : path)

/**
 * What a reader makes of a file, or of standard input when the path is `-`: a batch for each piece that is read, so
 * that files of any size take the same memory. Paths are those of the folder that the command was given in, also when
 * pnpm runs it from another.
 */
export async function* batches<A>(path: string, reader: Reader<A>): AsyncGenerator<Iterable<Item<A>>> {
  const pieces: AsyncIterable<Uint8Array> =
    path === stdin ? process.stdin : createReadStream(resolve(process.env['INIT_CWD'] ?? '', path))
  for await (const piece of pieces) yield reader.push(piece)
  yield reader.end()
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
