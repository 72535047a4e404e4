import type { FileMetaData, RowGroup } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import { copyOf } from '../../bytes/utf8.ts'
import { createdBy } from '../schema.ts'
import { maxBoundBytes } from './pageIndex.ts'
import { type SplitMetadata, splitMetadata } from '../splitMetadata.ts'

export type FileDescription = Pick<FileMetaData, 'schema' | 'key_value_metadata'>

/**
 * The footer in bytes: as objects, the row groups of a large file take more memory than a row
 * group.
 */
export const describeFile = (file: FileDescription, row_groups: Array<RowGroup>, rows = 0): SplitMetadata => {
  const out = new ByteWriter()
  writeMetadata(
    out,
    {
      version: 2,
      created_by: createdBy,
      ...file,
      num_rows: BigInt(rows),
      row_groups,
    } as Omit<FileMetaData, 'metadata_length'> as FileMetaData,
    maxBoundBytes,
  )
  const metadata = splitMetadata(out.getBytes().subarray(0, -4)) // without the length that follows
  return { ...metadata, groups: metadata.groups.map(group => copyOf(group)) }
}
