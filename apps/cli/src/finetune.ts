/** The program `finetune`. */
import { unsupportedNode } from '@finetune-kit/build/node-version'

const reason = unsupportedNode('finetune', process.version)
if (reason === undefined) {
  const { builtHelp } = await import('./builtHelp.ts')
  const help = builtHelp(process.argv.slice(2))
  if (help === undefined) {
    const { useCompileCache } = await import('./compileCache.ts')
    useCompileCache(process.env)
    await import('./runProcess.ts')
  } else {
    const { onUnread } = await import('./Output.ts')
    onUnread(() => process.exit())
    process.stdout.write(help)
  }
} else {
  console.error(reason)
  process.exitCode = 2
}
