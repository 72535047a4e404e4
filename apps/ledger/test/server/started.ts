import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly process: ChildProcess
  /**
   * The printed address, once the files are imported; rejects when the server ends without printing
   * one.
   */
  readonly address: Promise<string>
  readonly ended: Promise<Ended>
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** Starts the server from the sources, over a database that it keeps nowhere unless told otherwise. */
export const started = (
  args: ReadonlyArray<string>,
  options: ReadonlyArray<string> = ['--db', ':memory:', '--port', '0'],
  env: Readonly<Record<string, string>> = {},
): Started => {
  const words = ['--conditions=@finetune-kit/source', main, ...options, ...args]
  const child = spawn(process.execPath, words, { env: { ...process.env, DATABASE_URL: '', ...env } })
  let [stdout, stderr] = ['', '']
  child.stderr.on('data', piece => (stderr += piece))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  const address = new Promise<string>((found, failed) => {
    child.stdout.on('data', piece => {
      stdout += piece
      const [, url] = / is at (http:\S+)\. /.exec(stdout) ?? []
      const isReady = args.length === 0 || stdout.includes('Imports are done')
      if (url !== undefined && isReady) found(url)
    })
    void ended.then(({ code }) => failed(new Error(`the server ended with ${code}: ${stderr}`)))
  })
  address.catch(() => {}) // a test of a failing start looks at `ended` only
  return { process: child, address, ended }
}

/** Sends a raw request: the path is not normalized. */
export const asked = async (
  url: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body: sentBody = '',
  }: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
) => {
  const { hostname, port } = new URL(url)
  const sent = request({ hostname, port, path, method, headers })
  sent.end(sentBody)
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const piece of response) body += piece
  return { status: response.statusCode as number, headers: response.headers, body }
}
