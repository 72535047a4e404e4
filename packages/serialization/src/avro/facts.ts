import type { FormatFacts } from '../Format.ts'

export const avroFacts = {
  name: 'Avro',
  extensions: ['.avro'],
  mediaType: 'application/vnd.apache.avro+binary',
  magic: [0x4f, 0x62, 0x6a, 0x01],
  needsSchema: true,
  isRandomAccess: false,
  isManyRecord: true,
} as const satisfies FormatFacts
