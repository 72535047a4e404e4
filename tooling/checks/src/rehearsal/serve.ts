import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Environment } from './command.ts'

/**
 * Starts a server by a command until it serves its page, then ends its process group. Returns what
 * it printed.
 */
export const serve = async (
  name: string,
  args: ReadonlyArray<string>,
  options: { readonly cwd: string; readonly env: Environment },
): Promise<string> => {
  const subject = [name, ...args].join(' ')
  const server = spawn(name, args, { ...options, detached: true })
  let printed = ''
  const served = new Promise<string>(found => {
    for (const output of [server.stdout, server.stderr])
      output.on('data', chunk => {
        printed += chunk
        const [, address] = / is at (http:\S+)\. /.exec(printed) ?? []
        if (address !== undefined) found(address)
      })
  })
  const ended = once(server, 'close')
  const failed = ended.then(() => Promise.reject(new Error(`${subject}: it ended.\n${printed}`)))
  try {
    const page = await (await fetch(await Promise.race([failed, served]))).text()
    if (!page.includes('<script')) throw new Error(`${subject}: no page.\n${page}`)
    return printed
  } finally {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGTERM')
    await ended
  }
}
