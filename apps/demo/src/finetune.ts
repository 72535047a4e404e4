/** The command line: `finetune --help` lists its commands. */
import { enableCompileCache } from 'node:module'
import { unsupported } from './supported.ts'

const reason = unsupported(process.version)
if (reason === undefined) {
  enableCompileCache?.() // saves a quarter of the time that a start takes
  await import('./commands/run.ts')
} else {
  console.error(reason)
  process.exitCode = 2
}
