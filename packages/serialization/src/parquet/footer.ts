import type { FileMetaData } from 'hyparquet'
import { parquetMetadata } from 'hyparquet/src/metadata.js'
import { ask, type Span } from './steps.ts'

/** `PAR1` */
export const magic: ReadonlyArray<number> = [0x50, 0x41, 0x52, 0x31]

/** Whether a file begins as all of them do; one that is shorter may. */
export function* begins(byteLength: number): Generator<Span, boolean, ArrayBuffer> {
  if (byteLength < magic.length) return true
  const first = new Uint8Array(yield* ask(0, magic.length))
  return magic.every((byte, i) => byte === first[i])
}

/**
 * What the end of a file says of all the rest (Apache Parquet, File Format): its length, four bytes, and `PAR1` come last, and `PAR1` first.
 *
 * @throws an Error that says what cannot be true, as hyparquet does
 */
export function* footer(byteLength: number, max: number): Generator<Span, FileMetaData, ArrayBuffer> {
  if (byteLength < 12) throw new Error('it is too short')
  const size = new DataView(yield* ask(byteLength - 8, byteLength)).getUint32(0, true)
  if (size > max) throw new Error(`a footer longer than ${max} bytes`)
  const bytes = yield* ask(Math.max(0, byteLength - 8 - size), byteLength)
  // hyparquet takes as many bytes for one number as have their first bit set: its work would grow with their square
  let run = 0
  for (const byte of new Uint8Array(bytes)) {
    run = byte < 0x80 ? 0 : run + 1
    if (run > maxRun) throw new Error('a number in its footer that never ends')
  }
  return parquetMetadata(bytes, { geoparquet: false }) // looking for geometries it counts children down, also from -1
}

const maxRun = 8192
