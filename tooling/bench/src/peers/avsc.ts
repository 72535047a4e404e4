import avsc from 'avsc'

const metadata = avsc.Type.forSchema({ type: 'map', values: 'bytes' })
const long = avsc.Type.forSchema('long')

interface Header {
  readonly schema: avsc.Schema
  /** The offset of the first block. */
  readonly size: number
}

/** The header of an object container file: magic, metadata and a sync marker of 16 bytes. */
const headerOf = (file: Uint8Array): Header => {
  const { value, offset } = metadata.decode(Buffer.from(file), 4)
  const { 'avro.schema': schema } = value as Record<string, Buffer>
  return { schema: JSON.parse(String(schema)) as avsc.Schema, size: offset + 16 }
}

/** The writer's schema of a file as an avsc type. */
export const avscTypeOf = (file: Uint8Array): avsc.Type => avsc.Type.forSchema(headerOf(file).schema)

export interface Block {
  readonly count: number
  /** Compressed as they are in the file. */
  readonly bytes: Buffer
}

export const blocksOf = (file: Uint8Array): ReadonlyArray<Block> => {
  const all = Buffer.from(file)
  const blocks: Array<Block> = []
  for (let at = headerOf(file).size; at < all.length; ) {
    const { value: count, offset } = long.decode(all, at)
    const { value: size, offset: begin } = long.decode(all, offset)
    blocks.push({ count, bytes: all.subarray(begin, begin + size) })
    at = begin + size + 16
  }
  return blocks
}

/** The records as avsc encodes them, in blocks of at least so many bytes. */
export function* encodedBy(
  type: avsc.Type,
  records: ReadonlyArray<unknown>,
  size: number,
): Generator<Uint8Array> {
  const buffer = Buffer.alloc(2 * size)
  let at = 0
  for (const record of records) {
    at = type.encode(record, buffer, at)
    if (at < 0) throw new Error('a record that is longer than a block')
    if (at < size) continue
    yield buffer.subarray(0, at)
    at = 0
  }
  if (at > 0) yield buffer.subarray(0, at)
}
