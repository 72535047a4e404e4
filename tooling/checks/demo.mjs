// Starts the ledger. Installs only what that needs, unless everything is installed.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { install, run } from './install.mjs'

const isComplete = existsSync(new URL('../tools/node_modules', import.meta.url))
install('--frozen-lockfile', ...(isComplete ? [] : ['--filter', '@finetune-kit/ledger...']))
const start = fileURLToPath(new URL('startDemo.mjs', import.meta.url))
await run('--conditions=@finetune-kit/source', start, ...process.argv.slice(2))
