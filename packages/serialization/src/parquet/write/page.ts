import type { Encoding } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import type { Compression } from './compression.ts'
import type { Dictionary } from './dictionary.ts'

/** A page of a column, which holds whole rows. */
export interface Page {
  readonly rows: number
  /** Number of entries, with those that have no value. */
  readonly entries: number
  /** Levels of the entries; empty where they can only be 0. */
  readonly definition: Uint32Array
  readonly repetition: Uint32Array
  readonly maxDefinition: number
  readonly maxRepetition: number
  /** Number of entries that have a value. */
  readonly values: number
  readonly encoding: Encoding
  /** Writes the encoded values. */
  readonly write: (out: ByteWriter) => void
}

/** Writes pages, and returns the size of each before compression. */
export interface PageWriter {
  readonly data: (out: ByteWriter, page: Page) => number
  /** Writes the values that data pages refer to, in PLAIN. */
  readonly dictionary: (out: ByteWriter, of: Pick<Dictionary, 'size' | 'bytes'>) => number
}

/** Writes the pages of all columns of a file through one pair of buffers. */
export const pageWriter = ({ compress }: Compression): PageWriter => {
  const levels = new ByteWriter()
  const body = new ByteWriter()
  const levelsOf = (all: Uint32Array, max: number): number =>
    max === 0 ? 0 : writeRleBitPackedHybrid(levels, all, 32 - Math.clz32(max))
  return {
    data: (out, page) => {
      levels.index = 0
      body.index = 0
      const repetition = levelsOf(page.repetition, page.maxRepetition)
      const definition = levelsOf(page.definition, page.maxDefinition)
      page.write(body)
      const packed = compress(body.getBytes())
      const start = out.offset
      writePageHeader(out, {
        type: 'DATA_PAGE_V2',
        uncompressed_page_size: levels.index + body.index,
        compressed_page_size: levels.index + packed.length,
        data_page_header_v2: {
          num_values: page.entries,
          num_nulls: page.entries - page.values,
          num_rows: page.rows,
          encoding: page.encoding,
          repetition_levels_byte_length: repetition,
          definition_levels_byte_length: definition,
          is_compressed: true,
        },
      })
      const header = out.offset - start
      out.appendBytes(levels.getBytes())
      out.appendBytes(packed)
      return header + levels.index + body.index
    },
    dictionary: (out, { size, bytes }) => {
      const packed = compress(bytes)
      const start = out.offset
      writePageHeader(out, {
        type: 'DICTIONARY_PAGE',
        uncompressed_page_size: bytes.length,
        compressed_page_size: packed.length,
        dictionary_page_header: { num_values: size, encoding: 'PLAIN' },
      })
      const header = out.offset - start
      out.appendBytes(packed)
      return header + bytes.length
    },
  }
}

/**
 * Writes indexes up to `max` after their width (Apache Parquet, Encodings, "Dictionary Encoding").
 */
export const writeReferences = (out: ByteWriter, all: Uint32Array, max: number): void => {
  out.appendUint8(32 - Math.clz32(max))
  writeRleBitPackedHybrid(out, all, 32 - Math.clz32(max))
}

/** Writes booleans, a byte each, as runs after their length (Apache Parquet, Encodings, "RLE"). */
export const writeBooleans = (out: ByteWriter, all: Uint8Array): void => {
  const start = out.index
  out.appendUint32(0)
  writeRleBitPackedHybrid(out, all, 1)
  out.view.setUint32(start, out.index - start - 4, true)
}
