/** Starts Debian's PostgreSQL on loopback for the tests of a run, and stops it after them. */
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a server whose databases tests may create, or why there is none. */
    readonly postgres: { readonly url: string } | { readonly missing: string }
  }
}

const versions = '/usr/lib/postgresql'

export const setup = async (project: TestProject): Promise<(() => void) | void> => {
  if (newest() === undefined) {
    const missing = 'PostgreSQL is not installed (Debian: apt-get install postgresql)'
    if (process.env['FINETUNE_KIT_POSTGRES'] === 'required') throw new Error(missing)
    project.provide('postgres', { missing })
    return
  }
  const { url, remove } = await startServer()
  project.provide('postgres', { url })
  return remove
}

/** The newest version that is installed. */
const newest = (): string | undefined =>
  existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0] : undefined

/** Starts a server in a folder of its own. It can be stopped, as if it had died, and started again. */
export const startServer = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-postgres-'))
  const port = await freePort()
  const data = join(folder, 'data')
  const run = (program: string, ...args: ReadonlyArray<string>) =>
    asServer(folder, join(versions, newest() ?? '', 'bin', program), args)
  run('initdb', '--no-sync', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '-D', data)
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`
  const start = () => run('pg_ctl', '-w', '-s', '-D', data, '-l', join(folder, 'log'), '-o', options, 'start')
  const stop = () => run('pg_ctl', '-w', '-s', '-D', data, '-m', 'immediate', 'stop')
  start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}`,
    start,
    stop,
    remove: () => {
      stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The server refuses to run as root: it runs as `postgres` there, in a folder of its own. */
const asServer = (folder: string, program: string, args: ReadonlyArray<string>): void => {
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    const [uid, gid] = ['-u', '-g'].map(flag =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
    )
    chownSync(folder, uid as number, gid as number)
  }
  const command = isRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]
    : [program, ...args]
  execFileSync(command[0] as string, command.slice(1), {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
