/**
 * API reports: the public surface of every entry as a reviewed file of its own,
 * `packages/NAME/etc/ENTRY.api.md`, from the declarations that the build wrote. `--write` updates
 * them; otherwise a difference is an error. Needs a build.
 */
import { resolve } from 'node:path'
import { apiReports } from './api/apiReports.ts'

const root = resolve(import.meta.dirname, '../../..')
const isWriting = process.argv.includes('--write')
const changed = apiReports(root, isWriting)
const list = changed.map(path => `  ${path.slice(root.length + 1)}`).join('\n')
if (changed.length === 0) console.log('api: no change of the public surface')
else if (isWriting) console.log(`api: updated\n${list}`)
else {
  console.error(`api: the public surface changed. Run pnpm api to update, and review:\n${list}`)
  process.exitCode = 1
}
