import { detect, type Format, formatOf, formats } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/effect'

/** A format that is read from the front to the end, or Parquet, which is read from its end. */
export type AnyFormat = Format | typeof Parquet

/** Of all formats, as they are typed. */
export const formatNames = [...formats, Parquet].map(({ name }) => name.toLowerCase().replaceAll(' ', '-'))

/** The format of this name or with this extension. */
export const anyFormatOf = (name: string): AnyFormat | undefined => {
  const format = formatOf(name)
  if (format !== undefined) return format
  return /^\.?parquet$/i.test(name) ? Parquet : undefined
}

/** The format that the name of a file to be written tells. */
export const formatOfFile = (path: string): AnyFormat | undefined =>
  detect(new Uint8Array(0), path).format ?? (/\.parquet(\.(gz|zst|br))?$/i.test(path) ? Parquet : undefined)

/** Whether a format is read from the front. */
export const isStreamed = (format: AnyFormat): format is Format => format !== Parquet

/** Whether an input is Parquet, by its first bytes. */
export const isParquet = (beginning: Uint8Array | undefined): boolean =>
  beginning !== undefined && Parquet.magic.every((byte, i) => beginning[i] === byte)
