import { type FileMetaData, parquetMetadata } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'

/** A file with the pages of another, and other metadata. */
export const withMetadata = (bytes: Uint8Array, change: (metadata: FileMetaData) => void): Uint8Array => {
  const metadata = parquetMetadata(bytes.slice().buffer)
  change(metadata)
  const out = new ByteWriter()
  out.appendBytes(bytes.subarray(0, bytes.length - 8 - metadata.metadata_length))
  writeMetadata(out, metadata)
  out.appendBytes(bytes.subarray(-4))
  return out.getBytes().slice()
}
