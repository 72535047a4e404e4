import { toNdjson } from '@finetune-kit/model/testing'
import { readFileSync } from 'node:fs'
import { decode } from '@finetune-kit/codec'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { expect, test } from 'vitest'
import { simulateRuns } from '../../src/testing/simulateRuns.ts'

const sample = new URL('../../../../apps/ledger/samples/ledger.ndjson', import.meta.url)
const runs = Map.groupBy(simulateRuns(), run => run.id)

const texts = (run: FineTuneSnapshot) => run.events?.map(event => event.message) ?? []
const some = (predicate: (run: FineTuneSnapshot) => boolean) =>
  expect(simulateRuns().some(predicate)).toBe(true)

test('archive writes the shipped sample, byte for byte', () => {
  expect(toNdjson(simulateRuns())).toBe(readFileSync(sample, 'utf8'))
})

test('archive holds at least twelve runs with several snapshots each, interleaved by time', () => {
  expect(runs.size).toBeGreaterThanOrEqual(12)
  for (const snapshots of runs.values()) expect(snapshots.length).toBeGreaterThanOrEqual(3)
  const times = simulateRuns().map(run => run.updated_at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const [first] = runs.values()
  expect(simulateRuns().slice(0, first?.length)).not.toEqual(first)
})

test('archive is made of snapshots', () => {
  for (const run of simulateRuns())
    expect(decode(FineTuneSnapshot)(run)).toEqual({ _tag: 'Right', right: run })
})

test('archive shows each way that a life can take', () => {
  const last = [...runs.values()].map(snapshots => snapshots.at(-1) as FineTuneSnapshot)
  expect(new Set(last.map(run => run.status))).toEqual(
    new Set(['succeeded', 'failed', 'cancelled', 'running', 'pending']),
  )
  some(run => run.status === 'pending' && run.hyperparams.batch_size === null)
  some(run => run.status === 'running' && run.fine_tuned_model !== null)
  some(run => run.status === 'succeeded' && run.result_files.length === 1)
  some(run => run.status === 'cancelled' && !texts(run).includes('Fine-tune started'))
  some(run => run.status === 'cancelled' && texts(run).includes('Fine-tune started'))
  some(run => texts(run).some(text => /^Fine-tune failed\. [^]*\n/.test(text)))
  some(run => texts(run).some(text => /^.+ Fine-tune failed\. For help/.test(text)))
  some(run => !texts(run).includes('Completed epoch 1/4') && texts(run).includes('Completed epoch 2/4'))
  some(run => new Set(run.events?.map(event => JSON.stringify(event))).size < texts(run).length)
  some(run => 'use_packing' in run.hyperparams)
})
