import type { FormatFacts } from '../Format.ts'

export const parquetFacts = {
  name: 'Parquet',
  extensions: ['.parquet'],
  mediaType: 'application/vnd.apache.parquet',
  magic: [0x50, 0x41, 0x52, 0x31],
  needsSchema: true,
  isRandomAccess: true,
  isManyRecord: true,
} as const satisfies FormatFacts
