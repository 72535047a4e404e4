import { type Format, type ReadResult, Json } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import type { RecordKind } from '@finetune-kit/model'
import { detectFormat } from './detectFormat.ts'
import { kindDetector } from './kindDetector.ts'
import { isReadInPlace, detectKindInFile } from './detectKindInFile.ts'
import { type OpenedInput, openInput } from './openInput.ts'
import { inputName } from './inputName.ts'
import { type InputError, inputError } from './InputError.ts'

/** All of a file. */
export const bytes = async (path: string): Promise<Uint8Array> =>
  joined((await openInput(path))?.pieces ?? [])

const joined = async (pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Array<Uint8Array> = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

/** The codec of an input, or what chooses it by the format and by what its records seem to be. */
type CodecIn<A, O> =
  | t.Type<A, O>
  | ((format: Format, kind: RecordKind.RecordKind | undefined) => t.Type<A, O>)

/** The records of a file, a batch for each piece that is read: files of any size take the same memory, empty ones give none. */
export async function* readItems<A, O>(
  path: string,
  codec: CodecIn<A, O>,
): AsyncGenerator<Iterable<ReadResult<A>>> {
  const input = await openInput(path)
  if (input !== undefined) yield* itemsOf(path, input, codec)
}

async function* itemsOf<A, O>(
  path: string,
  { beginning, pieces, isThere, close }: OpenedInput,
  codec: CodecIn<A, O>,
): AsyncGenerator<Iterable<ReadResult<A>>> {
  const format = detectFormat(path, beginning)
  const codecOf = (kind: RecordKind.RecordKind | undefined) =>
    typeof codec === 'function' ? codec(format, kind) : codec
  if (isReadInPlace(format)) {
    const { readAt } = await import('./readAt.ts')
    if (isThere) await close()
    yield* readAt(isThere ? path : await joined(pieces), async function* (file) {
      const { readFrom } = format.of(codecOf(await detectKindInFile(format, file)))
      for await (const item of readFrom?.(file) ?? []) yield [item]
    })
    return
  }
  const judge = kindDetector(format)
  if (typeof codec === 'function') judge.push(beginning)
  const reader = format.of(codecOf(judge.kind())).reader()
  for await (const piece of pieces) yield reader.push(piece)
  yield reader.end()
}

/** A JSON file as one record, also when it holds a list; files in other formats as their records. */
export async function* readWhole<A, O>(
  path: string,
  codec: CodecIn<A, O>,
): AsyncGenerator<Iterable<ReadResult<A>>> {
  const input = await openInput(path)
  if (input === undefined) return
  if (detectFormat(path, input.beginning) !== Json || typeof codec !== 'object') {
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
export const tryReading = <A>(path: string, go: () => Promise<A>): Effect.Effect<A, InputError> =>
  Effect.tryPromise({ try: go, catch: error => inputError(sentence(inputName(path), error)) })

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
