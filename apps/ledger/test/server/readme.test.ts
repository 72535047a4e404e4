import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { RunList } from '../../src/api/runs.ts'
import { asked, started } from './started.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const hasCurl = spawnSync('sh', ['-c', 'curl --version']).status === 0

/** The commands of the README that call the API. */
const commands = (/```sh\nledger=\S+\n([^`]+)```/.exec(readFileSync(at('README.md'), 'utf8'))?.[1] ?? '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter(line => line !== '')

test.skipIf(!hasCurl)('the commands of the README import, list, export and delete', async () => {
  const server = started([])
  const url = await server.address
  const curl = 'curl() { command curl --silent --show-error --fail-with-body "$@"; }'
  const run = (command = '') =>
    execFileSync('sh', ['-c', `ledger=${url}; ${curl}; ${command}`], { cwd: at('samples'), encoding: 'utf8' })
  const [post, events, list, csv, remove, ...more] = commands
  expect(more).toEqual([])
  expect(JSON.parse(run(post))).toMatchObject({ name: 'jobs.ndjson' })
  expect(run(events)).toContain('"state":"done"')
  const failed = (JSON.parse(run(list)) as RunList).runs
  expect(failed.length).toBeGreaterThan(0)
  expect(run(csv).trim().split('\n')).toHaveLength(failed.length + 1)
  expect(run(remove)).toBe('')
  const [, id = ''] = /runs\/([\w-]+)/.exec(remove ?? '') ?? []
  expect((await asked(url, `/api/runs/${id}`)).status).toBe(404)
  server.process.kill()
  await server.ended
})
