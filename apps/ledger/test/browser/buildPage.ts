/** Builds the page once for all browser tests of a run: their servers read it from one folder. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isSkipped } from './launch.ts'

export const setup = (): void => {
  if (isSkipped) return
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'page'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, NODE_ENV: 'production' }, // vitest sets "test"
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
