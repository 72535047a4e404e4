import type { Tables } from '@finetune-kit/serialization'
import * as E from '#fp-ts/Either'

/** The tables of all these records. */
export const encodeTables =
  <A>({ tables, writer: open }: Tables<A>) =>
  (records: ReadonlyArray<A>): ReadonlyArray<Uint8Array> => {
    const writer = open()
    const parts: Array<ReadonlyArray<Uint8Array>> = []
    for (const record of records) {
      const part = writer.push(record)
      if (E.isLeft(part)) throw new Error(`refused at ${part.left.path.join('/')}: ${part.left.reason}`)
      parts.push(part.right)
    }
    parts.push(writer.end())
    return tables.map(
      (_, i) => new Uint8Array(Buffer.concat(parts.map(part => part[i] ?? new Uint8Array(0)))),
    )
  }
