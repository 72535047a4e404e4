/** Writes the sample that is shipped with the ledger. */
import { writeFileSync } from 'node:fs'
import { archive } from './archive.ts'
import { toNdjson } from './toNdjson.ts'

writeFileSync(new URL('../../samples/ledger.ndjson', import.meta.url), toNdjson(archive()))
