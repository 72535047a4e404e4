// Written for the oldest Node that may start it: on a fresh clone, that is the machine's own.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const windows = process.platform === 'win32'

/** Installs what is missing, by the pnpm that runs this script. Ends the process if that fails. */
export const install = (...args) => {
  const { npm_execpath: pnpm, npm_config_user_agent: agent } = process.env
  if (agent === undefined || !agent.startsWith('pnpm/')) return
  const { status, stdout, stderr, error } = spawnSync(windows ? 'pnpm' : pnpm, ['install', ...args], {
    cwd: root,
    shell: windows,
    encoding: 'utf8',
  })
  if (status === 0) return
  console.error(`pnpm install: it failed. Mend what it says, then run this again.\n${stdout}${stderr}`)
  if (error) console.error(error.message)
  process.exit(1)
}

// the Node of this repository, where it brings one (Linux, x64 and arm64)
const own = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))

/**
 * Runs a script and ends as it ends. Not by the `node` of the shell: a shell remembers where it found
 * that, and an install in between brings another.
 */
export const run = async (...args) => {
  if (!existsSync(own)) await import('./guard.mjs')
  const child = spawn(existsSync(own) ? own : process.execPath, args, { stdio: 'inherit' })
  // Ctrl-C reaches both, and the script decides when it has ended
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', error => console.error(error.message))
  child.on('close', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}
