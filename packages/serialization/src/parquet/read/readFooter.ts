import { parquetFacts } from '../facts.ts'
import type { FileMetaData, RowGroup } from 'hyparquet'
import { parquetMetadata } from 'hyparquet/src/metadata.js'
import { concat, copyOf } from '../../bytes/utf8.ts'
import { splitMetadata, joinMetadata } from '../splitMetadata.ts'
import { ErrorAt } from './attempt.ts'
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

/**
 * Checks that the file has the magic bytes at its beginning and at its end.
 *
 * @throws an Error that says what is invalid
 */
export function* checkMagic(byteLength: number): Generator<ByteRange, void, ArrayBuffer> {
  // first: of another file only its beginning may have been kept
  if (byteLength >= magic.length) yield* checkMagicAt(0, 'beginning')
  if (byteLength < 12) throw new Error(`expected at least 12 bytes, found ${byteLength}`)
  yield* checkMagicAt(byteLength - magic.length, 'end')
}

function* checkMagicAt(offset: number, place: string): Generator<ByteRange, void, ArrayBuffer> {
  const found = new Uint8Array(yield* request(offset, offset + magic.length))
  if (magic.some((byte, i) => byte !== found[i]))
    throw new ErrorAt(`expected ${drawBytes(magic)} at its ${place}, found ${drawBytes(found)}`, offset)
}

/** Bytes as text where they are ASCII, else in hexadecimal. */
const drawBytes = (bytes: Iterable<number>): string =>
  Array.from(bytes).every(byte => byte > 0x20 && byte < 0x7f)
    ? JSON.stringify(String.fromCharCode(...bytes))
    : Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' ')

/**
 * Reads the footer (Apache Parquet, File Format): the metadata, its length in four bytes, and
 * `PAR1`.
 *
 * @throws an Error that says what is invalid, as hyparquet does
 */
export function* readFooter(byteLength: number, max: number): Generator<ByteRange, Footer, ArrayBuffer> {
  const tail = yield* request(byteLength - 8, byteLength)
  const size = new DataView(tail).getUint32(0, true)
  const most = Math.min(max, byteLength - 12)
  if (size > most) throw new Error(`expected a footer of at most ${most} bytes, found ${size}`)
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
