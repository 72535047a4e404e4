/** The program `finetune`. */
import { unsupportedNode } from '@finetune-kit/build/node-version'

const reason = unsupportedNode('finetune', process.version)
if (reason === undefined) {
  const { useCompileCache } = await import('./compileCache.ts')
  useCompileCache(process.env)
  await import('./runProcess.ts')
} else {
  console.error(reason)
  process.exitCode = 2
}
