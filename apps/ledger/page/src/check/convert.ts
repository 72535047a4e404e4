import { anyKindCodec, isObservation } from '@finetune-kit/archive/detect'
import { draw } from '@finetune-kit/codec'
import { RecordKind } from '@finetune-kit/model'
import { encodeAll, type LazyFormat } from '@finetune-kit/serialization'
import type * as t from 'io-ts'

/** The records in another format, or the reason why they cannot be written in it. */
export type Converted =
  | { readonly _tag: 'Bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly isText: boolean }
  | { readonly _tag: 'Refused'; readonly reason: string }

/** Writes records in another format. A format of columns takes records of one kind only. */
export const convert = async (
  records: ReadonlyArray<unknown>,
  format: LazyFormat,
  isPretty: boolean,
): Promise<Converted> => {
  const kinds = new Set(records.map(kindOf))
  const [kind] = kinds
  if (format.needsSchema && (kinds.size > 1 || kind === undefined))
    return refused(
      kind === undefined || kinds.size === 1
        ? `${format.name} needs records of a known kind. Choose JSON or NDJSON.`
        : `${format.name} holds records of one kind, and these are of ${kinds.size}. Choose JSON or NDJSON.`,
    )
  const codec = format.needsSchema ? (kind?.codec as t.Type<unknown>) : anyKindCodec()
  const { of } = await format.load()
  const written = encodeAll(of(codec), { pretty: isPretty })(records)
  if (written._tag === 'Left') return refused(draw(written.left))
  const bytes = new Uint8Array(written.right)
  return { _tag: 'Bytes', bytes, isText: format.magic === undefined && isText(bytes) }
}

const kindOf = (value: unknown): RecordKind.RecordKind | undefined => {
  if (isObservation(value)) return undefined
  const kind = RecordKind.detect(value)
  return kind._tag === 'Right' ? kind.right : undefined
}

const isText = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, 1024), { stream: true })
    return !bytes.subarray(0, 1024).includes(0)
  } catch {
    return false
  }
}

const refused = (reason: string): Converted => ({ _tag: 'Refused', reason })
