import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { detect } from '@finetune-kit/serialization'
import { inputName, stdin } from './inputName.ts'

/** An input that has been begun. */
export interface OpenedInput {
  /** Its first piece. */
  readonly beginning: Uint8Array
  /** All of it, unpacked if it is compressed. */
  readonly pieces: AsyncIterable<Uint8Array>
  /** Ends the reading, for who does not go through all of it. */
  readonly close: () => Promise<unknown>
  /** Whether it lies in a file as it is, so that any place of it can be read. */
  readonly isThere: boolean
}

/** Opens a file; nothing when it is empty. */
export const openInput = async (path: string): Promise<OpenedInput | undefined> => {
  const raw = await begun(path === stdin ? process.stdin : createReadStream(path))
  if (raw === undefined) return undefined
  const { compression } = detect(raw.beginning, path)
  if (compression === undefined) return { ...raw, isThere: path !== stdin && (await stat(path)).isFile() }
  // what unpacks is loaded by whom needs it: it takes longer than to read a file
  const { decompress } = await import('./decompress.ts')
  const inner = await begun(decompress(raw.pieces, compression, inputName(path)))
  return inner && { ...inner, isThere: false }
}

const begun = async (
  pieces: AsyncIterable<Uint8Array>,
): Promise<Omit<OpenedInput, 'isThere'> | undefined> => {
  const rest = pieces[Symbol.asyncIterator]()
  const first = await rest.next()
  if (first.done === true) return undefined
  const all = (async function* () {
    yield first.value
    yield* { [Symbol.asyncIterator]: () => rest }
  })()
  return { beginning: first.value, pieces: all, close: async () => rest.return?.() }
}
