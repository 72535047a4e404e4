import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { noChromium, pageNodes } from '../pageNodes.ts'
import type { Row } from '../Row.ts'

const ledger = join(import.meta.dirname, '../../../../apps/ledger/dist')

const runs = 100_000
const seeds = 40

const manyJobs = (): string => {
  // the newest hundred are all different ones
  const jobs = Array.from({ length: seeds }, (_, seed) => simulateJobs(seed + 1)).flatMap(lives =>
    lives.flatMap(({ snapshots }) => snapshots.slice(-1)),
  )
  return toNdjson(
    Array.from({ length: runs }, (_, i) =>
      Object.assign({}, jobs[i % jobs.length], {
        id: `ftjob-${i}`,
        created_at: 1_600_000_000 + i,
      }),
    ),
  )
}

/** Waits until a server, which answers before that, has imported its file. */
const imported = async (url: string): Promise<void> => {
  for (;;) {
    const response = await fetch(`${url}/api/imports`)
    const { imports } = (await response.json()) as { readonly imports: ReadonlyArray<Import> }
    const [first] = imports
    if (first?.state === 'done' && first.added === runs) return
    if (first?.ended_at !== undefined && first.ended_at !== null)
      throw new Error(`the import is ${first.state}, with ${first.added} new runs`)
    await setTimeout(200)
  }
}

interface Import {
  readonly state: string
  readonly added: number
  readonly ended_at: number | null
}

/** Figures of a built ledger over many runs, as a browser gets them. */
const measured = async (paths: ReadonlyArray<string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-bench-'))
  const file = join(folder, 'runs.ndjson')
  writeFileSync(file, manyJobs())
  const args = [join(ledger, 'program/main.js'), '--db', join(folder, 'runs.db'), '--port', '0', file]
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    let output = ''
    while (!/http:\S+\d/.test(output)) output += String((await once(server.stdout, 'data'))[0])
    const [url = ''] = /http:\S+\d/.exec(output) ?? []
    await imported(url)
    const sizes: Array<readonly [string, number]> = []
    for (const path of paths) {
      const response = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'gzip' } })
      // fetch decompresses: the server's gzip is as good as this one
      sizes.push([path, gzipSync(new Uint8Array(await response.arrayBuffer())).length])
    }
    return { sizes, nodes: await pageNodes(url) }
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Bytes of the scripts that the page loads at once, gzip. */
const scriptBytes = (): number => {
  const html = readFileSync(join(ledger, 'page/index.html'), 'utf8')
  const first = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, path]) => path ?? '')
  return first.reduce((sum, path) => sum + gzipSync(readFileSync(join(ledger, 'page', path))).length, 0)
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

export const pageRow: Row = {
  name: 'page',
  title: `the built ledger's page over ${runs} runs: bytes, gzip, and DOM nodes (first: pnpm build)`,
  run: async () => {
    if (!existsSync(join(ledger, 'program/main.js'))) throw new Error('no built ledger: pnpm build first')
    const { sizes, nodes } = await measured([
      '/api/runs',
      '/api/facets',
      '/api/runs/ftjob-2',
      '/api/runs?sort=id&offset=50000',
    ])
    const script = scriptBytes()
    const files = readdirSync(join(ledger, 'page/assets')).length
    return {
      figures: [
        [`script (of ${files} files)`, kilobytes(script)],
        ...sizes.map(([path, bytes]) => [path, kilobytes(bytes)] as const),
        ...(nodes === undefined ? [] : [['DOM nodes, at most', String(nodes)] as const]),
      ],
      ...(nodes === undefined ? { note: noChromium } : {}),
      goals: [
        { what: 'script that loads first', measured: script / 1000, unit: 'kB', target: 180, atMost: true },
        {
          what: 'the largest answer',
          measured: Math.max(...sizes.map(([, bytes]) => bytes)) / 1000,
          unit: 'kB',
          target: 60,
          atMost: true,
        },
        ...(nodes === undefined ? [] : [{ what: 'DOM nodes', measured: nodes, target: 3000, atMost: true }]),
      ],
    }
  },
}
