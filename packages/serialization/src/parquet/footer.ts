import type { FileMetaData, RowGroup } from 'hyparquet'
import { parquetMetadata } from 'hyparquet/src/metadata.js'
import { concat } from '../internal/utf8.ts'
import { cut, joined } from './rowGroups.ts'
import { ask, type Span } from './steps.ts'

/** `PAR1` */
export const magic: ReadonlyArray<number> = [0x50, 0x41, 0x52, 0x31]

/** What the end of a file says of all the rest. */
export interface Footer {
  /** Without its row groups. */
  readonly metadata: FileMetaData
  /** One after the other: as objects, those of a large file would take more memory than a row group. */
  readonly groups: () => Iterable<RowGroup>
}

/** Whether a file begins as all of them do; one that is shorter may. */
export function* begins(byteLength: number): Generator<Span, boolean, ArrayBuffer> {
  if (byteLength < magic.length) return true
  const first = new Uint8Array(yield* ask(0, magic.length))
  return magic.every((byte, i) => byte === first[i])
}

/**
 * Reads the end of a file (Apache Parquet, File Format): the metadata, its length in four bytes, and `PAR1` come last, and `PAR1` first.
 *
 * @throws an Error that says what cannot be true, as hyparquet does
 */
export function* footer(byteLength: number, max: number): Generator<Span, Footer, ArrayBuffer> {
  if (byteLength < 12) throw new Error('it is too short')
  const tail = new Uint8Array(yield* ask(byteLength - 8, byteLength))
  if (magic.some((byte, i) => byte !== tail[4 + i])) throw new Error('it does not end with PAR1')
  const size = new DataView(tail.buffer).getUint32(0, true)
  if (size > max) throw new Error(`a footer longer than ${max} bytes`)
  if (size > byteLength - 8) throw new Error('a footer longer than the file')
  const bytes = new Uint8Array(yield* ask(byteLength - 8 - size, byteLength - 8))
  // hyparquet takes as many bytes for one number as have their first bit set: its work would grow with their square
  let run = 0
  for (const byte of bytes) {
    run = byte < 0x80 ? 0 : run + 1
    if (run > maxRun) throw new Error('a number in its footer that never ends')
  }
  const parts = cut(bytes)
  // some at once, so that what stands around the groups is not gone through for each of them
  const size1 = Math.max(minBatch, parts.before.length + parts.after.length)
  return {
    metadata: parsed(joined({ ...parts, groups: [] })),
    groups: function* () {
      for (let i = 0; i < parts.groups.length; ) {
        const batch: Array<Uint8Array> = []
        for (let bytes = 0; bytes < size1 && i < parts.groups.length; bytes += parts.groups[i++]?.length ?? 0)
          batch.push(parts.groups[i] as Uint8Array)
        yield* parsed(joined({ ...parts, groups: batch })).row_groups
      }
    },
  }
}

const maxRun = 8192
const minBatch = 16_384

/** looking for geometries hyparquet counts children down, also from -1 */
const parsed = (metadata: ReadonlyArray<Uint8Array>): FileMetaData => {
  const tail = Uint8Array.from([0, 0, 0, 0, ...magic])
  const size = metadata.reduce((n, part) => n + part.length, 0)
  new DataView(tail.buffer).setUint32(0, size, true)
  return parquetMetadata(concat([...metadata, tail]), { geoparquet: false })
}
