// Builds the page of the ledger if it is older than its sources, and starts the server from its sources
// over a database of its own, which is kept, with the sample archive.
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const path = name => fileURLToPath(new URL(name, new URL('../../', import.meta.url)))
const changedAt = name => statSync(path(name), { throwIfNoEntry: false })?.mtimeMs ?? 0

const builtAt = changedAt('apps/ledger/dist/page/index.html')
const sources = globSync(['apps/ledger/page/**', 'packages/*/src/**', 'pnpm-lock.yaml'], { cwd: root })
if (sources.some(source => changedAt(source) > builtAt)) {
  const vite = path('apps/ledger/node_modules/vite/bin/vite.js')
  const built = spawnSync(process.execPath, [vite, 'build', 'page'], {
    cwd: path('apps/ledger'),
    encoding: 'utf8',
  })
  if (built.status !== 0) {
    console.error(`demo: the page does not build. Mend what Vite says.\n${built.stdout}${built.stderr}`)
    process.exit(1)
  }
}

await import('./whereGiven.mjs')
const samples = ['jobs', 'ledger', 'results'].map(name => path(`apps/ledger/samples/${name}.ndjson`))
process.argv.splice(2, 0, '--simulate', '--db', path('.demo/runs.db'), ...samples)
await import('../../apps/ledger/src/main.ts')
