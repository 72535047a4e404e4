/** The program `finetune-ledger`. */
import { unsupportedNode } from '@finetune-kit/build/node-version'

const reason = unsupportedNode('finetune-ledger', process.version)
if (reason === undefined) await import('./server/start.ts')
else {
  console.error(reason)
  process.exitCode = 2
}
