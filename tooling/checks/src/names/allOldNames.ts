import { codecNames } from './codecNames.ts'
import { diffNames } from './diffNames.ts'
import { modelNames } from './modelNames.ts'
import { programNames } from './programNames.ts'
import { serializationNames } from './serializationNames.ts'
import type { OldNames } from './OldNames.ts'

export const allOldNames: ReadonlyArray<OldNames> = [
  ...codecNames,
  ...modelNames,
  ...serializationNames,
  ...diffNames,
  ...programNames,
]
