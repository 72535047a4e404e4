/** The program `finetune`. */
import { unsupportedNode } from '@finetune-kit/build/node-version'

const reason = unsupportedNode('finetune', process.version)
if (reason === undefined) await import('./runProcess.ts')
else {
  console.error(reason)
  process.exitCode = 2
}
