import { observe } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { incoming } from '../src/Incoming.ts'

const seenAt = (record: unknown, at: number) => incoming(9000)(observe({ seenAt: at, source: '' })(record))

test('a fine-tune of a file is of the time of its last change, a job of that of its import', () => {
  const [fineTune] = simulateRuns()
  const [job] = simulateJobs()
  expect(seenAt(fineTune, 9000)).toMatchObject({ seenAt: fineTune?.updated_at, wasSeen: false })
  expect(seenAt(job?.snapshots[0], 9000)).toMatchObject({ seenAt: 9000, wasSeen: false })
})

test('a fine-tune that was observed is of the time of that', () => {
  expect(seenAt(simulateRuns()[0], 8000)).toMatchObject({ seenAt: 8000, wasSeen: true })
})

test('a record that is no part of a run is not told to name none', () => {
  const webhook = {
    object: 'event',
    id: 'evt_1',
    created_at: 7000,
    type: 'fine_tuning.job.failed',
    data: { id: 'ftjob-Kitchen01' },
  }
  expect(seenAt(webhook, 9000)).toMatchObject({
    reason: 'a record of the kind webhook-event, which is no run and no part of one',
  })
})
