import { FineTuneSnapshot, FineTuningJobSnapshot } from '@finetune-kit/model'
import { expect, test } from 'vitest'
import { foldEntries, story, storyText } from '@finetune-kit/diff/story'
import { jobCheckpoint, pendingRun, runningJob } from '../samples.ts'

const jobStory = story(FineTuningJobSnapshot)

const start = 1_700_000_000

test('foldEntries makes one entry of many checkpoints in a row, at the time of the last', () => {
  const checkpoints = [10, 20, 30, 40].map(step =>
    Object.assign({}, jobCheckpoint, {
      created_at: start + 10 * step,
      step_number: step,
      fine_tuned_model_checkpoint: `ft:step-${step}`,
      metrics: { train_loss: 10 / step },
    }),
  )
  const told = (count: number) =>
    storyText(jobStory([runningJob], { checkpoints: checkpoints.slice(0, count) })).match(/.*checkpoint.*/g)
  expect(told(2)).toHaveLength(2)
  expect(told(4)).toEqual([
    '  + 4 checkpoints from step 10 on, the last at step 40: ft:step-40, train loss 0.25',
  ])
  const entries = jobStory([runningJob], { checkpoints })
  expect(foldEntries(entries).at(-1)?.at).toBe(start + 400)
  expect(foldEntries(foldEntries(entries))).toEqual(foldEntries(entries))
})

test('foldEntries makes one move of an estimate that moves and moves', () => {
  const moved = (estimates: ReadonlyArray<number>) => {
    const jobs = estimates.map(estimated_finish => ({ ...runningJob, estimated_finish }))
    const seenAt = estimates.map((_, i) => start + 60 * i)
    return storyText(jobStory(jobs, { seenAt })).match(/.*Estimated.*/g)
  }
  expect(moved([start + 4000, start + 4100, start + 4200, start + 4300])).toEqual([
    '  ~ Estimated finish: 2023-11-14T23:20:00Z → 2023-11-14T23:25:00Z',
  ])
  expect(moved([start + 4000, start + 4100, start + 4200])).toHaveLength(2)
  expect(moved([4000, 4100, 4200, 4000].map(seconds => start + seconds))).toEqual([
    '  ~ Estimated finish: 2023-11-14T23:23:20Z → 2023-11-14T23:20:00Z',
  ])
})

const withLog = (messages: ReadonlyArray<string>): string =>
  storyText(
    story(FineTuneSnapshot)([
      {
        ...pendingRun,
        events: messages.map((message, i) => ({
          object: 'fine-tune-event',
          created_at: pendingRun.created_at + 60 * i,
          level: 'info',
          message,
        })),
      },
    ]),
  )

test('foldEntries makes one move of a queue that counts down', () => {
  const text = withLog([9, 8, 6, 3, 0].map(n => `Fine-tune is in the queue. Queue number: ${n}`))
  expect(text.match(/queue .*/g)).toEqual(['queue at position 9', 'queue position moved from 9 to 0'])
})

test('story of many epochs tells the first of each quarter and the last', () => {
  const text = withLog(Array.from({ length: 27 }, (_, i) => `Completed epoch ${i + 1}/32`))
  expect(text.match(/epoch \d+/g)).toEqual(['epoch 8', 'epoch 16', 'epoch 24', 'epoch 27'])
  const few = withLog(Array.from({ length: 10 }, (_, i) => `Completed epoch ${i + 1}/10`))
  expect(few.match(/epoch \d+/g)).toHaveLength(10)
})
