import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '@finetune-kit/codec/compile'
import { type RunSummary, summaryOf } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { searchText, summaryColumns, summaryVersion } from '../src/summaryColumns.ts'

interface Pinned {
  readonly version: number
  /** A digest of the values of each column, and of the texts that a search looks into. */
  readonly digests: Readonly<Record<string, string>>
}

const file = join(import.meta.dirname, 'summaryVersion.json')

const seeds = [1, 2, 3]

/** The summaries of every snapshot of the simulated lives, with and without what else is known. */
const summaries: ReadonlyArray<RunSummary> = seeds.flatMap(seed => {
  const found = simulateRuns(seed).map(run => summaryOf(run))
  for (const { snapshots, results, ...items } of simulateJobs(seed)) {
    const resources = { ...items, results: results === null ? [] : [ResultMetrics.parse(results)] }
    for (const job of snapshots) found.push(summaryOf(job), summaryOf(job, resources))
  }
  return found
})

const words = { tags: '["tag"]', note: 'A note' }

const digest = (value: unknown) => sha256(JSON.stringify(value)).slice(0, 16)

/** A new column is computed by itself, and changes none of these. */
const digestsOf = (columns: ReadonlyArray<string>): Pinned['digests'] => {
  const known = summaries.map(
    summary =>
      Object.fromEntries(
        Object.entries(summary).filter(([key]) => columns.includes(key)),
      ) as unknown as RunSummary,
  )
  return {
    ...Object.fromEntries(
      columns.map(key => [key, digest(known.map(summary => summary[key as keyof RunSummary]))]),
    ),
    'the text of a search': digest(known.map(summary => searchText(summary, words))),
  }
}

test('a summary that is computed differently has another version', () => {
  const keys: ReadonlyArray<string> = summaryColumns.map(({ key }) => key)
  if (process.env['DRAW']) {
    const pinned: Pinned = { version: summaryVersion, digests: digestsOf(keys) }
    writeFileSync(file, `${JSON.stringify(pinned, null, 2)}\n`)
  }
  const pinned = JSON.parse(readFileSync(file, 'utf8')) as Pinned
  const found = digestsOf(keys.filter(key => key in pinned.digests))
  const other = Object.keys(found).filter(name => found[name] !== pinned.digests[name])
  expect(
    { version: summaryVersion, other },
    'Where records that are stored would get other values, raise summaryVersion in src/summaryColumns.ts: databases compute them again. Then run this test with DRAW=1.',
  ).toEqual({ version: pinned.version, other: [] })
})
