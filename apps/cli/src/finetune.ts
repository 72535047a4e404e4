/** The command line: `finetune --help` lists its commands. */
import * as module from 'node:module' // by name, what an old Node lacks would be its own error, before ours is said
import { limitV8Compilers } from './limitV8Compilers.ts'
import { unsupportedNode } from './nodeVersion.ts'

const reason = unsupportedNode(process.version)
if (reason === undefined) {
  limitV8Compilers(process.version)
  module.enableCompileCache?.() // saves a quarter of the time that a start takes
  await import('./commands/run.ts')
} else {
  console.error(reason)
  process.exitCode = 2
}
