import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** The path of a Node of this version, which npm installs into the folder; it is removed with that. */
export const nodeAt = (version: string, folder: string): string => {
  const home = join(folder, `node-${version}`)
  const name = `node-linux-${process.arch}`
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--prefix', home]
  execFileSync('npm', ['install', ...flags, `${name}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return join(home, 'node_modules', name, 'bin/node')
}
