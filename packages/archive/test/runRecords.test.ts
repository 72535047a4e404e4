import { type ArchivedRun, runRecords } from '@finetune-kit/archive'
import { FineTuningJobSnapshot, RecordKind, type Run } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { simulateFineTunes, simulateJobs } from '@finetune-kit/model/testing'
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

test('runRecords joins events and checkpoints to the run that is named, passed, or alone', () => {
  const jobs = ['a', 'b'].map(id => Object.assign({}, simulateJobs()[0]?.snapshots[0], { id }))
  const event = { object: 'fine_tuning.job.event', id: 'e', created_at: 2, level: 'info', message: 'Started' }
  const step = { object: 'fine_tuning.job.checkpoint', id: 'c', created_at: 3, step_number: 1, metrics: {} }
  const joined = (count: number, bareRun?: string) => {
    const records = runRecords()
    for (const job of jobs.slice(0, count)) records.add(job)
    const named = { object: 'finetune-kit.observation', seen_at: 1, source: '', run_id: 'b', record: event }
    const checkpoint = { ...step, fine_tuned_model_checkpoint: 'ft:a', fine_tuning_job_id: 'b' }
    for (const record of [event, event, named, checkpoint]) records.add(record)
    const { runs, unjoined } = records.join(bareRun)
    return [runs.map(({ id, events, checkpoints }) => [id, events.length, checkpoints.length]), [...unjoined]]
  }
  expect(joined(1)).toEqual([
    [['a', 2, 0]],
    [
      ['job-event', 1],
      ['checkpoint', 1],
    ],
  ])
  expect(joined(2)).toEqual([
    [
      ['a', 0, 0],
      ['b', 1, 1],
    ],
    [['job-event', 2]],
  ])
  expect(joined(2, 'a')).toEqual([
    [
      ['a', 2, 0],
      ['b', 1, 1],
    ],
    [],
  ])
})

test('runRecords gives a result file to the run that lists an id in its name', () => {
  const files = [['file-1'], [{ object: 'file', id: 'file-22' }], []]
  const records = runRecords()
  for (const [i, result_files] of files.entries())
    records.add(Object.assign({}, simulateJobs()[0]?.snapshots[0], { id: `ftjob-${i}`, result_files }))
  records.addResults('file-22.csv', ResultMetrics.parse('step,train_loss\n1,0.5\n'))
  records.addResults('other.csv', ResultMetrics.parse('step,train_loss\n'))
  const { runs, unjoined } = records.join()
  expect(runs.map(({ id, results }) => [id, results.length])).toEqual([
    ['ftjob-0', 0],
    ['ftjob-1', 1],
    ['ftjob-2', 0],
  ])
  expect([...unjoined]).toEqual([['result-file', 1]])
})

test('runRecords has the newest snapshot of a run last, whatever the order of the input', () => {
  const [job] = simulateJobs()
  const seen = job?.observations.filter(({ record }) => FineTuningJobSnapshot.is(record)) ?? []
  const records = runRecords()
  for (const observation of seen.toReversed()) records.add(observation)
  const [run] = records.join().runs
  expect(run?.snapshots).toEqual(job?.snapshots)
  expect(run?.seenAt).toEqual(seen.map(({ seen_at }) => seen_at))
  const [fineTune = []] = simulateFineTunes()
  const states = fineTune.filter((_, i) => i === 0 || i === fineTune.length - 1)
  const legacy = runRecords()
  for (const state of states.toReversed()) legacy.add(state)
  expect(legacy.join().runs[0]?.snapshots).toEqual(states)
})

test('runRecords leaves a snapshot without a time behind those before it', () => {
  const [job] = simulateJobs()
  const seen = job?.observations.filter(({ record }) => FineTuningJobSnapshot.is(record)) ?? []
  const first = job?.snapshots[0]
  for (const place of [0, 1, seen.length]) {
    const records = runRecords()
    for (const record of seen.toSpliced(place, 0, first as never)) records.add(record)
    expect(records.join().runs[0]?.snapshots).toEqual(job?.snapshots.toSpliced(place, 0, first as never))
  }
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
