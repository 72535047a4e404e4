import { describe, expect, test } from 'vitest'
import { RecordKind, runRefOf } from '../src/index.ts'
import { simulateJobs, simulateRuns } from '../src/testing/index.ts'

const kindOf = (record: unknown): string => {
  const kind = RecordKind.detect(record)
  return kind._tag === 'Right' ? kind.right.name : ''
}

describe('runRefOf', () => {
  test('runRefOf names the run of every snapshot, by its id and its time of creation', () => {
    const snapshots = [...simulateRuns(), ...simulateJobs().flatMap(job => job.snapshots)]
    for (const record of snapshots)
      expect(runRefOf(kindOf(record), record, 'another run')).toEqual({
        role: 'snapshot',
        id: record.id,
        createdAt: record.created_at,
      })
  })

  test('runRefOf finds the run of a checkpoint in it, and that of an event in its observation', () => {
    for (const { id, events, checkpoints } of simulateJobs()) {
      const part = { role: 'part', id, createdAt: undefined }
      for (const record of checkpoints) expect(runRefOf('checkpoint', record)).toEqual(part)
      for (const record of events) {
        expect(runRefOf('job-event', record, id)).toEqual(part)
        expect(runRefOf('job-event', record)).toBeUndefined()
      }
    }
  })

  test('runRefOf finds no run in records of other kinds, nor in what is no record', () => {
    for (const [kind, record] of [
      ['file', { id: 'file-1', object: 'file', created_at: 1 }],
      ['job', null],
      ['job', { id: 1, created_at: 1 }],
      ['toString', {}],
    ] as const)
      expect(runRefOf(kind, record, 'ftjob-1')).toBeUndefined()
  })
})
