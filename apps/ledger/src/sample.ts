/** Writes the sample that is shipped with the ledger. */
import { writeFileSync } from 'node:fs'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'

writeFileSync(new URL('../samples/ledger.ndjson', import.meta.url), toNdjson(simulateRuns()))
