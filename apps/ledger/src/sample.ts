/** Writes the sample that is shipped with the ledger: fine-tunes, and jobs as observations. */
import { writeFileSync } from 'node:fs'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'

const samples = new URL('../samples/', import.meta.url)

writeFileSync(new URL('ledger.ndjson', samples), toNdjson(simulateRuns()))
writeFileSync(new URL('jobs.ndjson', samples), toNdjson(observationsOf(simulateJobs())))
