import type { FormatFacts } from '../Format.ts'

export const messagePackFacts = {
  name: 'MessagePack',
  extensions: ['.msgpack', '.mpk'],
  mediaType: 'application/vnd.msgpack',
  needsSchema: false,
  isRandomAccess: false,
  isManyRecord: true,
} as const satisfies FormatFacts
