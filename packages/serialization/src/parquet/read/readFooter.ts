import { parquetFacts } from '../facts.ts'
import type { FileMetaData, RowGroup } from 'hyparquet'
import { parquetMetadata } from 'hyparquet/src/metadata.js'
import { concat, copyOf } from '../../bytes/utf8.ts'
import { splitMetadata, joinMetadata } from '../splitMetadata.ts'
import { ask, type ByteRange } from './readRequests.ts'

/** `PAR1` */
export const { magic }: { readonly magic: ReadonlyArray<number> } = parquetFacts

/** What the end of a file says of all the rest. */
export interface Footer {
  /** Without its row groups. */
  readonly metadata: FileMetaData
  /** How many row groups there are. */
  readonly groupCount: number
  /** Some of them, from one on: those of a large file would take more memory than a row group does, also as bytes. */
  readonly groups: (from: number) => Generator<ByteRange, ReadonlyArray<RowGroup>, ArrayBuffer>
}

/** Whether a file begins as all of them do; one that is shorter may. */
export function* hasMagic(byteLength: number): Generator<ByteRange, boolean, ArrayBuffer> {
  if (byteLength < magic.length) return true
  const first = new Uint8Array(yield* ask(0, magic.length))
  return magic.every((byte, i) => byte === first[i])
}

/**
 * Reads the end of a file (Apache Parquet, File Format): the metadata, its length in four bytes, and `PAR1` come last, and `PAR1` first.
 *
 * @throws an Error that says what cannot be true, as hyparquet does
 */
export function* readFooter(byteLength: number, max: number): Generator<ByteRange, Footer, ArrayBuffer> {
  if (byteLength < 12) throw new Error('it is too short')
  const tail = new Uint8Array(yield* ask(byteLength - 8, byteLength))
  if (magic.some((byte, i) => byte !== tail[4 + i])) throw new Error('it does not end with PAR1')
  const size = new DataView(tail.buffer).getUint32(0, true)
  if (size > max) throw new Error(`a footer longer than ${max} bytes`)
  if (size > byteLength - 8) throw new Error('a footer longer than the file')
  const start = byteLength - 8 - size
  const bytes = new Uint8Array(yield* ask(start, byteLength - 8))
  // hyparquet takes as many bytes for one number as have their first bit set: its work would grow with their square
  let run = 0
  for (const byte of bytes) {
    run = byte < 0x80 ? 0 : run + 1
    if (run > maxRun) throw new Error('a number in its footer that never ends')
  }
  const { before, groups, after } = splitMetadata(bytes)
  const around = { before: copyOf(before), after: copyOf(after) }
  // where in the file each begins, and the last one ends
  const edges = [...groups, after].map(part => start + part.byteOffset - bytes.byteOffset)
  const edge = (i: number): number => edges[i] as number
  // some at once, so that what stands around them is not gone through for each
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
          : new Uint8Array(yield* ask(edge(from), edge(to)))
      const each = Array.from({ length: to - from }, (_, i) =>
        some.subarray(edge(from + i) - edge(from), edge(from + i + 1) - edge(from)),
      )
      return parsed(joinMetadata({ ...around, groups: each })).row_groups
    },
  }
}

/** Of a footer, in bytes, of which no part is asked for twice. */
const maxKept = 65_536
const maxRun = 8192
const minBatch = 16_384

/** looking for geometries hyparquet counts children down, also from -1 */
const parsed = (metadata: ReadonlyArray<Uint8Array>): FileMetaData => {
  const tail = Uint8Array.from([0, 0, 0, 0, ...magic])
  const size = metadata.reduce((n, part) => n + part.length, 0)
  new DataView(tail.buffer).setUint32(0, size, true)
  return parquetMetadata(concat([...metadata, tail]), { geoparquet: false })
}
