import { type ArchivedRun, runRecords } from '@finetune-kit/archive'
import { RecordKind, type Run } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import { expect, expectTypeOf, test } from 'vitest'

test('runRecords reads the result file of an observation', () => {
  const [job] = simulateJobs() as [ReturnType<typeof simulateJobs>[number]]
  const records = runRecords()
  const record = { object: 'finetune-kit.result-file', name: 'file-1', content: 'step,train_loss\n1,0.5\n' }
  records.add(job.snapshots[0])
  const seen = { object: 'finetune-kit.observation', seen_at: 1, source: '', run_id: job.id, record }
  records.add(seen)
  const [run] = records.join().runs
  expect(run?.results).toMatchObject([{ rows: [{ step: 1, values: { train_loss: 0.5 } }] }])
})

test('runRecords asks for no run of what a user says of one', () => {
  const [job] = simulateJobs()
  const records = runRecords()
  records.add(job?.snapshots[0])
  const words = { tags: ['here'], note: '', hidden: false }
  records.add({
    object: 'finetune-kit.observation',
    seen_at: 1,
    source: 'finetune-kit',
    run_id: job?.id,
    record: { object: 'finetune-kit.annotation', run_id: job?.id, run_created_at: 1, ...words },
  })
  expect(records.join()).toMatchObject({ runs: [{ id: job?.id }], unjoined: new Map() })
})

test('the snapshots of runRecords are runs, and records of any kind that is passed', () => {
  const records = runRecords()
  records.add(simulateJobs()[0]?.snapshots[0])
  const snapshots: ReadonlyArray<Run> = records.join().runs.flatMap(run => run.snapshots)
  expect(snapshots[0]?.created_at).toBeTypeOf('number')
  const [kind] = RecordKind.all
  expectTypeOf(runRecords(kind).join().runs).toEqualTypeOf<ReadonlyArray<ArchivedRun>>()
})
