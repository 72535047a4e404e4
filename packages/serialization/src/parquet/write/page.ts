import type { Encoding } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import { crc32 } from '../../bytes/crc32.ts'
import type { Compression } from './compression.ts'
import type { Dictionary } from './dictionary.ts'
import type { LevelList } from './LevelList.ts'

/** A page of a column, which holds whole rows. */
export interface Page {
  /** Levels of the entries, with those that have no value. */
  readonly levels: LevelList
  readonly maxDefinition: number
  readonly maxRepetition: number
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

/**
 * Writes the pages of all columns of a file through one buffer. They are of the first version,
 * which compresses levels together with values: those of lists take as many bytes as short values
 * do.
 */
export const pageWriter = ({ compress }: Compression): PageWriter => {
  const body = new ByteWriter()
  return {
    data: (out, page) => {
      body.index = 0
      const { definition, repetition, length } = page.levels
      writeLevels(body, repetition.subarray(0, length), page.maxRepetition)
      writeLevels(body, definition.subarray(0, length), page.maxDefinition)
      page.write(body)
      const packed = compress(body.getBytes())
      const start = out.offset
      writePageHeader(out, {
        type: 'DATA_PAGE',
        uncompressed_page_size: body.index,
        compressed_page_size: packed.length,
        crc: crc32(packed),
        data_page_header: {
          num_values: length,
          encoding: page.encoding,
          definition_level_encoding: 'RLE',
          repetition_level_encoding: 'RLE',
        },
      })
      const header = out.offset - start
      out.appendBytes(packed)
      return header + body.index
    },
    dictionary: (out, { size, bytes }) => {
      const packed = compress(bytes)
      const start = out.offset
      writePageHeader(out, {
        type: 'DICTIONARY_PAGE',
        uncompressed_page_size: bytes.length,
        compressed_page_size: packed.length,
        crc: crc32(packed),
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

/** Writes levels as runs after their length (Apache Parquet, Encodings, "RLE"). */
const writeLevels = (out: ByteWriter, all: Uint16Array, max: number): void => {
  if (max === 0) return
  const start = out.index
  out.appendUint32(0)
  // its type leaves out Uint16Array, which is a list of numbers like the others
  writeRleBitPackedHybrid(out, all as unknown as Uint32Array, 32 - Math.clz32(max))
  out.view.setUint32(start, out.index - start - 4, true)
}

/** Writes booleans, a byte each, as bits (Apache Parquet, Encodings, "Plain"). */
export const writeBooleans = (out: ByteWriter, all: Uint8Array): void => {
  for (let i = 0; i < all.length; i += 8) {
    let bits = 0
    for (let bit = 0; bit < 8; bit++) bits |= (all[i + bit] ?? 0) << bit
    out.appendUint8(bits)
  }
}
