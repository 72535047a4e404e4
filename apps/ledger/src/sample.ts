/** Writes the sample that is shipped with the ledger: fine-tunes, observed jobs, and result files. */
import { writeFileSync } from 'node:fs'
import {
  observationsOf,
  resultFilesOf,
  simulateJobs,
  simulateRuns,
  toNdjson,
} from '@finetune-kit/model/testing'

const samples = new URL('../samples/', import.meta.url)

writeFileSync(new URL('ledger.ndjson', samples), toNdjson(simulateRuns()))
writeFileSync(new URL('jobs.ndjson', samples), toNdjson(observationsOf(simulateJobs())))
writeFileSync(new URL('results.ndjson', samples), toNdjson(resultFilesOf(simulateJobs(), simulateRuns())))
