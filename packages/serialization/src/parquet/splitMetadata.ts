import { readVarInt } from 'hyparquet/src/thrift.js'

/** The metadata of a file in bytes, split at its row groups, so that none is kept as objects. */
export interface SplitMetadata {
  /** Bytes before the list of row groups. */
  readonly before: Uint8Array
  readonly groups: ReadonlyArray<Uint8Array>
  /** Bytes after the list. */
  readonly after: Uint8Array
}

/**
 * Splits metadata at its row groups. Metadata is a Thrift `FileMetaData` in the compact protocol
 * (parquet.thrift: "4: required list<RowGroup> row_groups").
 *
 * @throws an Error that says what is invalid
 */
export const splitMetadata = (bytes: Uint8Array): SplitMetadata => {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
  let found: SplitMetadata | undefined
  eachField(reader, (field, type) => {
    if (field !== 4 || found !== undefined) {
      skip(reader, type, 0)
      return
    }
    const before = bytes.subarray(0, reader.offset)
    const { size, element } = listHeader(reader)
    if (type !== list || (size > 0 && element !== struct)) throw new Error('row groups that are no list')
    const groups: Array<Uint8Array> = []
    for (let i = 0; i < size; i++) {
      const start = reader.offset
      skip(reader, struct, 0)
      groups.push(bytes.subarray(start, reader.offset))
    }
    found = { before, groups, after: bytes.subarray(reader.offset) }
  })
  if (found === undefined) throw new Error('metadata without row groups')
  return found
}

/** Joins metadata with row groups, as chunks of bytes. The inverse of {@link splitMetadata}. */
export const joinMetadata = ({ before, groups, after }: SplitMetadata): ReadonlyArray<Uint8Array> => [
  before,
  headerOf(groups.length),
  ...groups,
  after,
]

const headerOf = (size: number): Uint8Array => {
  if (size < 15) return Uint8Array.of((size << 4) | struct)
  const header = [0xf0 | struct]
  for (; size > 0x7f; size >>>= 7) header.push((size & 0x7f) | 0x80)
  return Uint8Array.from([...header, size])
}

interface Reader {
  readonly view: DataView
  offset: number
}

const [list, set, struct] = [9, 10, 12]

/** Depth of nested structures; the metadata of a file has seven levels. */
const maxDepth = 32

const eachField = (reader: Reader, take: (field: number, type: number) => void): void => {
  for (let field = 0; ; ) {
    const byte = reader.view.getUint8(reader.offset++)
    if ((byte & 15) === 0) return
    const long = byte >> 4 === 0 ? readVarInt(reader) : 0
    field = byte >> 4 === 0 ? (long >>> 1) ^ -(long & 1) : field + (byte >> 4)
    take(field, byte & 15)
  }
}

const listHeader = (reader: Reader): { readonly size: number; readonly element: number } => {
  const byte = reader.view.getUint8(reader.offset++)
  const size = byte >> 4 === 15 ? readVarInt(reader) : byte >> 4
  if (!(size >= 0 && size <= reader.view.byteLength - reader.offset))
    throw new Error(`a list of ${size} items`)
  return { size, element: byte & 15 }
}

/** Skips a value of a type of the compact protocol. */
const skip = (reader: Reader, type: number, depth: number): void => {
  if (depth > maxDepth) throw new Error('metadata nested too deeply')
  switch (type) {
    case 1: // true and false are types
    case 2:
      return
    case 3:
      reader.offset += 1
      break
    case 4:
    case 5:
    case 6:
      while (reader.view.getUint8(reader.offset++) >= 0x80) {}
      return
    case 7:
      reader.offset += 8
      break
    case 8: {
      const length = readVarInt(reader)
      if (length < 0) throw new Error(`a text of ${length} bytes`)
      reader.offset += length
      break
    }
    case list:
    case set: {
      const { size, element } = listHeader(reader)
      for (let i = 0; i < size; i++) skip(reader, element === 1 || element === 2 ? 3 : element, depth + 1)
      break
    }
    case struct:
      eachField(reader, (_, inner) => skip(reader, inner, depth + 1))
      return
    default:
      throw new Error(`metadata with a value of type ${type}`)
  }
  if (reader.offset > reader.view.byteLength) throw new Error('metadata that ends in a value')
}
