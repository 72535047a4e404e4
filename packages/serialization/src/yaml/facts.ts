import type { FormatFacts } from '../Format.ts'

export const yamlFacts = {
  name: 'YAML',
  extensions: ['.yaml', '.yml'],
  mediaType: 'application/yaml',
  needsSchema: false,
  isRandomAccess: false,
  isManyRecord: true,
} as const satisfies FormatFacts
