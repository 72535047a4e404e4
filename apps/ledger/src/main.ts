/** Starts the ledger: `node dist/main.js [archive.ndjson]`, on the port that PORT says. */
import { unsupportedNode } from './nodeVersion.ts'

const reason = unsupportedNode(process.version)
if (reason === undefined) await import('./server/start.ts')
else {
  console.error(reason)
  process.exitCode = 2
}
