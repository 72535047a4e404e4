import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** Builds the program `finetune`, unless its build is up to date. Returns its path. */
export const builtProgram = (): string => {
  execFileSync('turbo', ['run', 'build', '--filter=@finetune-kit/cli', '--output-logs=errors-only'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  })
  return join(root, 'apps/cli/dist/program/finetune.js')
}
