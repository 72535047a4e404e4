import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { ImportList } from '../../src/api/imports.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import { asked, started } from './started.ts'

const folder = temporaryFolder()
const options = ['--db', join(folder, 'runs.db'), '--port', '0']

const importsOf = async (url: string) =>
  (JSON.parse((await asked(url, '/api/imports')).body) as ImportList).imports

/** A pipe of 5,000 runs that stays open: its import lasts until it is ended. */
const endlessFile = () => {
  const path = join(folder, 'endless.ndjson')
  execFileSync('mkfifo', [path])
  const writer = createWriteStream(path)
  writer.on('error', () => {}) // the reader was killed
  const last = simulateJobs()[0]?.snapshots.at(-1)
  writer.write(toNdjson(Array.from({ length: 5000 }, (_, i) => ({ ...last, id: `ftjob-${i}` }))))
  onTestFinished(() => void writer.destroy())
  return path
}

test('an import that SIGTERM stops is told, and listed by the next server with what it kept', async () => {
  const path = endlessFile()
  const server = started([path], options)
  let printed = ''
  server.process.stdout?.on('data', piece => (printed += piece))
  const url = await vi.waitFor(
    async () => {
      const [, address = ''] = / is at (http:\S+)\. /.exec(printed) ?? []
      expect(await importsOf(address)).toMatchObject([{ state: 'running', added: 4000 }])
      return address
    },
    { timeout: 60_000, interval: 200 },
  )
  await fetch(`${url}/api/imports?name=waiting.ndjson`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/octet-stream' },
    body: '{}',
  })
  server.process.kill('SIGTERM')
  const message =
    'The server was stopped meanwhile. What was imported until then is kept: import the file again for the rest.'
  expect(await server.ended).toEqual({
    code: 0,
    stdout: expect.not.stringContaining('Imports are done'),
    stderr: `${path}: ${message}\nwaiting.ndjson: ${message}\n`,
  })
  const next = started([], options)
  expect(await importsOf(await next.address)).toMatchObject([
    { id: '2', name: 'waiting.ndjson', state: 'failed', message, added: 0 },
    { id: '1', name: path, state: 'failed', message, added: 4000, ended_at: expect.any(Number) },
  ])
  next.process.kill('SIGTERM')
  expect(await next.ended).toMatchObject({ code: 0, stderr: '' })
  const later = started([], options)
  expect(await importsOf(await later.address)).toEqual([])
  later.process.kill('SIGTERM')
  await later.ended
})
