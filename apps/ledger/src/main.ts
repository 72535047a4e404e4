/** The program `finetune-ledger`: `finetune-ledger [FILE…]`, on the port in PORT. */
import { unsupportedNode } from '@finetune-kit/build/node-version'

const reason = unsupportedNode('finetune-ledger', process.version)
if (reason === undefined) await import('./server/start.ts')
else {
  console.error(reason)
  process.exitCode = 2
}
