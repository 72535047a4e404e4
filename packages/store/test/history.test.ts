import { RecordKind } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import * as Digest from '../src/Digest.ts'
import { type Entry, type Head, nextEntry, replay, type Snapshot } from '../src/history.ts'

const snapshot = (value: unknown, seenAt: number): Snapshot => {
  const kind = RecordKind.detect(value)
  if (kind._tag === 'Left') throw new Error(kind.left)
  const digests = Digest.ofSnapshot(kind.right)(value)
  if (digests._tag === 'Left') throw new Error(digests.left)
  const { exact: exactDigest, comparable: valueDigest } = digests.right
  return { kind: kind.right, value, exactDigest, valueDigest, seenAt, source: 'test' }
}

const append = (values: ReadonlyArray<unknown>): ReadonlyArray<Entry> => {
  const entries: Array<Entry> = []
  let head: Head | undefined
  for (const [seenAt, value] of values.entries()) {
    const next = nextEntry(head, snapshot(value, seenAt))
    entries.push(next.entry)
    ;({ head } = next)
  }
  return entries
}

const jobs = simulateJobs().flatMap(({ snapshots }) => snapshots)
const runs = simulateRuns().slice(0, jobs.length)

test('replay reads what nextEntry wrote, also across a change of kind', () => {
  const values = runs.flatMap((run, i) => [run, jobs[i]])
  expect(replay(append(values)).snapshots.map(({ value }) => value)).toEqual(values)
})

const again = 'Delete the run in the ledger, and import it again.'

test('replay stops at the first entry that is changed, missing or not JSON', () => {
  const entries = append(jobs.slice(0, 5))
  const damaged = (n: number, change: Partial<Entry>) =>
    replay(entries.map(entry => (entry.n === n ? { ...entry, ...change } : entry))).damage
  expect(replay(entries).damage).toBeUndefined()
  expect(damaged(3, { body: '{' })).toEqual({ n: 3, reason: 'the text is not JSON', remedy: again })
  expect(damaged(2, { body: '[]' })).toMatchObject({ n: 2 })
  expect(damaged(1, { digest: '0' })).toMatchObject({ n: 1 })
  expect(damaged(1, { valueDigest: '0' })).toMatchObject({ n: 1 })
  // deleting it would lose what a newer version can read
  expect(damaged(4, { kind: 'nothing' })).toEqual({
    n: 4,
    reason: 'unknown kind nothing',
    remedy: 'Update finetune-kit.',
  })
  expect(replay(entries.filter(({ n }) => n !== 2)).damage).toEqual({
    n: 3,
    reason: 'an entry before it is missing',
    remedy: again,
  })
})
