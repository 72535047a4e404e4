import { parquetFacts } from '../facts.ts'
import type { FileMetaData, RowGroup } from 'hyparquet'
import { parquetMetadata } from 'hyparquet/src/metadata.js'
import { concat, copyOf } from '../../bytes/utf8.ts'
import { splitMetadata, joinMetadata } from '../splitMetadata.ts'
import { request, type ByteRange } from './readRequests.ts'

/** `PAR1` */
export const { magic }: { readonly magic: ReadonlyArray<number> } = parquetFacts

/** The metadata at the end of a file. */
export interface Footer {
  /** The metadata without its row groups. */
  readonly metadata: FileMetaData
  /** Number of row groups. */
  readonly groupCount: number
  /**
   * Reads some row groups from an index on: those of a large file take more memory than one row
   * group.
   */
  readonly groups: (from: number) => Generator<ByteRange, ReadonlyArray<RowGroup>, ArrayBuffer>
}

/** True if the file begins with the magic bytes, or is too short to tell. */
export function* hasMagic(byteLength: number): Generator<ByteRange, boolean, ArrayBuffer> {
  if (byteLength < magic.length) return true
  const first = new Uint8Array(yield* request(0, magic.length))
  return magic.every((byte, i) => byte === first[i])
}

/**
 * Reads the footer (Apache Parquet, File Format): the metadata, its length in four bytes, and
 * `PAR1`.
 *
 * @throws an Error that says what is invalid, as hyparquet does
 */
export function* readFooter(byteLength: number, max: number): Generator<ByteRange, Footer, ArrayBuffer> {
  if (byteLength < 12) throw new Error('it is too short')
  const tail = new Uint8Array(yield* request(byteLength - 8, byteLength))
  if (magic.some((byte, i) => byte !== tail[4 + i])) throw new Error('it does not end with PAR1')
  const size = new DataView(tail.buffer).getUint32(0, true)
  if (size > max) throw new Error(`a footer longer than ${max} bytes`)
  if (size > byteLength - 8) throw new Error('a footer longer than the file')
  const start = byteLength - 8 - size
  const bytes = new Uint8Array(yield* request(start, byteLength - 8))
  // hyparquet's work on a number grows with the square of its bytes
  let run = 0
  for (const byte of bytes) {
    run = byte < 0x80 ? 0 : run + 1
    if (run > maxRun) throw new Error('a number in its footer that never ends')
  }
  const { before, groups, after } = splitMetadata(bytes)
  const around = { before: copyOf(before), after: copyOf(after) }
  // offsets at which the row groups begin and the last one ends
  const edges = [...groups, after].map(part => start + part.byteOffset - bytes.byteOffset)
  const edge = (i: number): number => edges[i] as number
  // several at once, so that the rest of the metadata is not parsed again for each
  const enough = Math.max(minBatch, before.length + after.length)
  return {
    metadata: parsed(joinMetadata({ ...around, groups: [] })),
    groupCount: groups.length,
    groups: function* (from) {
      let to = from + 1
      while (to < edges.length - 1 && edge(to) - edge(from) < enough) to++
      const some =
        size <= maxKept
          ? bytes.subarray(edge(from) - start, edge(to) - start)
          : new Uint8Array(yield* request(edge(from), edge(to)))
      const each = Array.from({ length: to - from }, (_, i) =>
        some.subarray(edge(from + i) - edge(from), edge(from + i + 1) - edge(from)),
      )
      return parsed(joinMetadata({ ...around, groups: each })).row_groups
    },
  }
}

/** Bytes of a footer that is kept whole. */
const maxKept = 65_536
const maxRun = 8192
const minBatch = 16_384

/** Parses metadata. hyparquet's search for geometries counts children down, also from -1. */
const parsed = (metadata: ReadonlyArray<Uint8Array>): FileMetaData => {
  const tail = Uint8Array.from([0, 0, 0, 0, ...magic])
  const size = metadata.reduce((n, part) => n + part.length, 0)
  new DataView(tail.buffer).setUint32(0, size, true)
  return parquetMetadata(concat([...metadata, tail]), { geoparquet: false })
}
