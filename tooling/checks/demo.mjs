// Builds the ledger and starts it over a database of its own, which is kept, with the sample archive.
// Output of the build is shown only if it fails.
import './guard.mjs'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'

// by its module: a command of node_modules is a script of the shell on Windows
const turbo = fileURLToPath(new URL('../../node_modules/turbo/bin/turbo', import.meta.url))
const build = spawnSync(
  process.execPath,
  [turbo, 'run', 'build', '--filter=@finetune-kit/ledger', '--output-logs=errors-only'],
  {
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
  },
)
if (build.status === 0) {
  await import('./whereGiven.mjs')
  const root = new URL('../../', import.meta.url)
  const path = name => fileURLToPath(new URL(name, root))
  const samples = ['jobs', 'ledger'].map(name => path(`apps/ledger/samples/${name}.ndjson`))
  process.argv.splice(2, 0, '--simulate', '--db', path('.demo/runs.db'), ...samples)
  await import('../../apps/ledger/dist/main.js')
} else {
  process.stderr.write(build.stdout ?? '')
  process.stderr.write(build.stderr ?? '')
  if (build.error) console.error(build.error.message)
  process.exitCode = build.status ?? 1
}
