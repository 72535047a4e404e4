import { type DetectedInput, detectInput } from '@finetune-kit/archive/detect'
import type { Compression, LazyFormat } from '@finetune-kit/serialization'
import { decompress } from './decompress.ts'

/** An input as the reader gave it: pasted, or a file. */
export interface Source {
  readonly name: string
  /** Undefined if the browser cannot read the file. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
}

/** The bytes of an input, decompressed, and their format; or the reason why it cannot be read. */
export type Opened =
  | { readonly _tag: 'Refused'; readonly reason: string }
  | {
      readonly _tag: 'Opened'
      readonly compression: Compression | undefined
      readonly format: LazyFormat
      readonly bytes: Uint8Array<ArrayBuffer>
    }

export const openBytes = async ({ name, bytes }: Source): Promise<Opened> => {
  if (bytes === undefined)
    return refused('a folder, or a file that is too large or was removed. Use finetune validate')
  if (bytes.length === 0) return refused('empty. Paste or drop something with records')
  const outer = detectInput(bytes, name, true)
  if (outer._tag !== 'Compressed') return opened(undefined, outer, bytes)
  const inner = await decompress(outer.compression, bytes)
  if (inner._tag === 'Refused') return inner
  if (inner.bytes.length === 0) return refused(`empty ${outer.compression} data`)
  const innerName = name.replace(/\.(gz|gzip|zst|zstd)$/i, '')
  return opened(outer.compression, detectInput(inner.bytes, innerName, true), inner.bytes)
}

const opened = (
  compression: Compression | undefined,
  detected: DetectedInput,
  bytes: Uint8Array<ArrayBuffer>,
): Opened => {
  if (detected._tag === 'Records') return { _tag: 'Opened', compression, format: detected.format, bytes }
  if (detected._tag === 'Unsupported') return refused(detected.reason)
  return refused('compressed more than once. Unpack it first')
}

const refused = (reason: string): Opened => ({ _tag: 'Refused', reason })
