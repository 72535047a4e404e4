import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresProgram } from './postgresProgram.ts'

/** A PostgreSQL of its own, on loopback. It can be stopped, as if it had died, and started again. */
export interface PostgresServer {
  readonly url: string
  readonly start: () => void
  readonly stop: () => void
  readonly remove: () => void
}

export const startServer = (): PostgresServer => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-postgres-'))
  const data = join(folder, 'data')
  const run = (program: string, ...args: ReadonlyArray<string>) =>
    asServer(folder, postgresProgram(program), args)
  // whatever locale the machine has
  run('initdb', '--no-sync', '--no-locale', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '-D', data)
  const control = ['-w', '-t', '300', '-s', '-D', data]
  const startAt = (port: number) => {
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`
    run('pg_ctl', ...control, '-l', join(folder, 'log'), '-o', options, 'start')
  }
  const stop = () => run('pg_ctl', ...control, '-m', 'immediate', 'stop')
  const port = firstThat(startAt, ports())
  return {
    url: `postgres://postgres@127.0.0.1:${port}`,
    start: () => startAt(port),
    stop,
    remove: () => {
      stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Ports that the system gives to nobody who asks for any, so that a server finds its own again. */
const ports = (): ReadonlyArray<number> => Array.from({ length: 20 }, () => randomInt(10_000, 30_000))

/** Tries one after the other, and returns the first that does not fail. */
const firstThat = (run: (port: number) => void, [port = 0, ...others]: ReadonlyArray<number>): number => {
  try {
    run(port)
    return port
  } catch (error) {
    if (others.length === 0) throw error
    return firstThat(run, others)
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
