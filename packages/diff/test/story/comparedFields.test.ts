import type { FineTuningJobSnapshot } from '@finetune-kit/model'
import { expect, test } from 'vitest'
import { compareRuns, comparisonCsv, comparisonText } from '@finetune-kit/diff/story'
import { jobCheckpoint, jobEvents, queuedJob, succeededJob, succeededRun } from '../samples.ts'

const rowsOf = (...args: Parameters<typeof compareRuns>) => {
  const rows = new Map(compareRuns(...args).rows.map(row => [row.field, row]))
  return (field: string) => rows.get(field)
}

const steps = (...messages: ReadonlyArray<string>) =>
  messages.map((message, i) => Object.assign({}, jobEvents[0], { created_at: 1_700_000_100 + i, message }))

test('compareRuns takes the greatest reward and the least loss for the best', () => {
  const row = rowsOf([
    { run: succeededJob, events: steps('Step 1/2 , train mean reward=0.20, training loss=0.30') },
    {
      run: { ...succeededJob, id: 'two' },
      events: steps('Step 1/2 , train mean reward=0.40, training loss=0.50'),
    },
    { run: { ...succeededJob, id: 'three' } },
  ])
  expect(row('train_mean_reward')).toMatchObject({ values: [0.2, 0.4, null], best: [false, true, false] })
  expect(row('train_loss')?.best).toEqual([true, false, false])
})

test('compareRuns knows no best weight of a loss', () => {
  const runs = [0.01, 0.1].map((prompt_loss_weight, i) =>
    Object.assign({}, succeededRun, {
      id: `run-${i}`,
      hyperparams: { ...succeededRun.hyperparams, prompt_loss_weight },
    }),
  )
  expect(rowsOf(runs.map(run => ({ run })))('prompt_loss_weight')?.best).toEqual([false, false])
})

const measured = (id: string, ...losses: ReadonlyArray<number>) => ({
  run: { ...succeededJob, id },
  checkpoints: losses.map((valid_loss, i) =>
    Object.assign({}, jobCheckpoint, { step_number: 10 * (i + 1), metrics: { valid_loss } }),
  ),
})

test('compareRuns has the best value of a metric where it is not the last one of every run', () => {
  const row = rowsOf([measured('one', 0.3, 0.2), measured('two', 0.3, 0.1, 0.4)])
  expect(row('valid_loss')).toMatchObject({ values: [0.2, 0.4], best: [true, false] })
  expect(row('best_valid_loss')).toMatchObject({ values: [0.2, 0.1], best: [false, true] })
  expect(row('best_step')).toBeUndefined()
  expect(rowsOf([measured('one', 0.3, 0.2), measured('two', 0.3)])('best_valid_loss')).toBeUndefined()
})

const withSettings = (hyperparameters: object): FineTuningJobSnapshot => ({
  ...queuedJob,
  id: 'two',
  method: { type: 'supervised', supervised: { hyperparameters } },
})

test('compareRuns has the metrics and hyperparameters that no summary has', () => {
  const settings = {
    n_epochs: 3,
    warm_up: 'slow',
    packing: { size: 2 },
    'odd-name': 1,
    later: null,
    chosen: 'auto',
    unset: -1,
  }
  const row = rowsOf([
    { run: queuedJob },
    { run: withSettings(settings), events: steps('Step 1/2: training loss=0.50, oven heat=180.00') },
  ])
  expect(row('oven_heat')).toMatchObject({ label: 'Oven heat', group: 'metrics', values: [null, 180] })
  expect(row('warm_up')).toMatchObject({ label: 'Warm up', values: [null, 'slow'] })
  expect(row('packing')).toMatchObject({ label: 'Packing', values: [null, '{"size":2}'] })
  expect(row('odd-name')?.label).toBe('odd-name')
  for (const field of ['later', 'chosen', 'unset', 'n_epochs']) expect(row(field)).toBeUndefined()
})

test('compareRuns has the hyperparameters of jobs without a method', () => {
  const other = { ...queuedJob, id: 'two', hyperparameters: { ...queuedJob.hyperparameters, packing: true } }
  expect(rowsOf([{ run: queuedJob }, { run: other }])('packing')?.values).toEqual([null, 'true'])
})

const priced = [3, 6].map((price, i) => ({
  run: Object.assign({}, succeededJob, {
    id: `job-${i}`,
    finished_at: succeededJob.created_at + 600 + 60 * i,
  }),
  prices: { 'gpt-4o-mini-2024-07-18': price },
}))

test('compareRuns measures amounts against a baseline, but no moments', () => {
  const row = rowsOf(priced, { baseline: 0 })
  expect(row('finished_at')?.deltas).toEqual([null, null])
  expect(row('duration')?.deltas).toEqual([null, 60])
  expect(row('cost')?.deltas).toEqual([null, 0.06])
  expect(row('cost')?.best).toEqual([false, false])
})

test('a comparison with a baseline as text and as CSV', () => {
  expect(comparisonText(compareRuns(priced, { baseline: 0 }))).toMatchInlineSnapshot(`
    "             job-0 (baseline)      job-1
    Finished at  2023-11-14T22:23:20Z  2023-11-14T22:24:20Z
    Duration                  10 min       11 min (+1 min)
    Cost                       $0.06        $0.12 (+$0.06)"
  `)
  expect(comparisonCsv(compareRuns(priced, { baseline: 1 }))).toMatchInlineSnapshot(`
    "id,finished_at,duration,cost,duration_delta,cost_delta
    job-0,1700000600,600,0.06,-60,-0.06
    job-1,1700000660,660,0.12,,"
  `)
  expect(comparisonCsv(compareRuns(priced))).not.toContain('delta')
})

const painted = (all: boolean) =>
  comparisonText(compareRuns(priced, { all }), { colours: true })
    .split('\u001b[33m')
    .slice(1)
    .map(line => line.split(' ', 1)[0])

test('comparisonText paints the rows that differ where others do not', () => {
  expect(painted(true)).toEqual(['Finished', 'Duration', 'Cost'])
  expect(painted(false)).toEqual([])
})
