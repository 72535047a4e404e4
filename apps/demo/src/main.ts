/** Starts the ledger: `node dist/main.js [archive.ndjson]`, on the port that PORT says. */
import { unsupported } from './supported.ts'

const reason = unsupported(process.version)
if (reason === undefined) await import('./server/start.ts')
else {
  console.error(reason)
  process.exitCode = 2
}
