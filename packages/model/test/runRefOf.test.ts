import { describe, expect, test } from 'vitest'
import { RecordKind, runRefOf } from '../src/index.ts'
import { simulateJobs, simulateRuns } from '../src/testing/index.ts'

const named = (name: string): RecordKind.RecordKind => RecordKind.byName(name) as RecordKind.RecordKind

const kindOf = (record: unknown): RecordKind.RecordKind => {
  const kind = RecordKind.detect(record)
  if (kind._tag === 'Left') throw new Error(kind.left)
  return kind.right
}

describe('runRefOf', () => {
  test('runRefOf names the run of every snapshot, by its id and its time of creation', () => {
    const snapshots = [...simulateRuns(), ...simulateJobs().flatMap(job => job.snapshots)]
    for (const record of snapshots)
      expect(runRefOf(kindOf(record), record, 'another run')).toEqual({
        role: 'snapshot',
        id: record.id,
        createdAt: record.created_at,
        changedAt: 'updated_at' in record ? record.updated_at : undefined,
      })
  })

  test('runRefOf finds the run of a checkpoint in it, and that of an event in its observation', () => {
    for (const { id, events, checkpoints } of simulateJobs()) {
      const part = { role: 'part', id }
      for (const record of checkpoints) expect(runRefOf(named('checkpoint'), record)).toEqual(part)
      for (const record of events) {
        expect(runRefOf(named('job-event'), record, id)).toEqual(part)
        expect(runRefOf(named('job-event'), record)).toBeUndefined()
      }
    }
  })

  test('runRefOf finds no run in records of other kinds, nor in what is no record', () => {
    for (const [kind, record] of [
      ['file', { id: 'file-1', object: 'file', created_at: 1 }],
      ['job', null],
      ['job', { id: 1, created_at: 1 }],
    ] as const)
      expect(runRefOf(named(kind), record, 'ftjob-1')).toBeUndefined()
  })
})
