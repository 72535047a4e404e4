import type { DecodedArray, Encoding } from 'hyparquet'
import { convert } from 'hyparquet/src/convert.js'
import { readDataPage } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { copyOf, textAt } from '../../bytes/utf8.ts'
import { hasText, physicalConverter } from './convertPhysical.ts'
import { readRuns } from './readRuns.ts'

/** The encoded values of a page, without those of entries that have none. */
export interface EncodedValues {
  readonly encoding: Encoding
  readonly count: number
  readonly bytes: Uint8Array
}

/** Returns the next value of a page. */
export type ValueReader = () => unknown

/** A column, as hyparquet describes it to its decoders. */
type ColumnDecoder = Parameters<typeof convert>[1]

/** Decodes the values of a column's pages. */
export interface ValueDecoder {
  readonly dictionary: (bytes: Uint8Array, count: number) => void
  readonly page: (values: EncodedValues) => ValueReader
}

/**
 * Decodes texts and indexes of a dictionary as they are asked for: decoded together, those of all
 * columns outlive the young generation. hyparquet decodes the rest.
 */
export const valueDecoder = (decoder: ColumnDecoder): ValueDecoder => {
  const { type, element, schemaPath } = decoder
  const isVariant = schemaPath.some(node => node.element.logical_type?.type === 'VARIANT')
  // the bytes of a VARIANT may look like text
  const ownConverter = isVariant ? (value: unknown) => value : physicalConverter(element)
  const isText = !isVariant && type === 'BYTE_ARRAY' && hasText(element)
  const toValues = (data: DecodedArray): DecodedArray =>
    ownConverter === undefined ? convert(data, decoder) : Array.from(data, ownConverter)
  let dictionary: DecodedArray | undefined
  return {
    dictionary: (bytes, count) => {
      dictionary = toValues(readPlain(readerOf(bytes), type, count, element.type_length))
    },
    page: ({ encoding, count, bytes }) => {
      if (count === 0) return () => undefined
      if (encoding.endsWith('_DICTIONARY')) {
        if (dictionary === undefined) throw new Error('a page without its dictionary')
        return indexed(dictionary, bytes, count)
      }
      if (isText && encoding === 'PLAIN') return texts(bytes, count)
      // levels are read already: hyparquet is told that there are none
      const header = { ...levelEncodings, num_values: count, encoding }
      return inOrder(toValues(readDataPage(bytes, header, { ...decoder, schemaPath: [] }).dataPage))
    },
  }
}

const levelEncodings = { definition_level_encoding: 'RLE', repetition_level_encoding: 'RLE' } as const

const inOrder = (values: DecodedArray): ValueReader => {
  let at = 0
  return () => values[at++]
}

const indexed = (dictionary: DecodedArray, bytes: Uint8Array, count: number): ValueReader => {
  const reader = readerOf(bytes)
  const indexes = readRuns(reader, reader.view.getUint8(reader.offset++), count)
  let at = 0
  return () => dictionary[indexes[at++] as number]
}

/** Keeps bytes that are not UTF-8, so that they can be refused with their path. */
const texts = (bytes: Uint8Array, count: number): ValueReader => {
  const { view } = readerOf(bytes)
  let end = 0
  for (let i = 0; i < count; i++) end += 4 + view.getUint32(end, true)
  if (end > bytes.length) throw new Error('a text longer than its page')
  let at = 0
  return () => {
    const from = at + 4
    at = from + view.getUint32(at, true)
    return textAt(bytes, from, at) ?? copyOf(bytes, from, at)
  }
}

const readerOf = (bytes: Uint8Array) => ({
  view: new DataView(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength),
  offset: 0,
})
