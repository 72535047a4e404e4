import type { FineTuneSnapshot } from '@finetune-kit/model'
import { expect, test } from 'vitest'
import {
  compareRuns,
  comparisonCsv,
  comparisonHtml,
  comparisonJson,
  comparisonMarkdown,
  comparisonText,
} from '@finetune-kit/diff/story'
import { jobCheckpoint, jobEvents, pendingRun, queuedJob, succeededJob, succeededRun } from '../samples.ts'

const other: FineTuneSnapshot = {
  ...succeededRun,
  id: 'ft-other',
  hyperparams: { ...succeededRun.hyperparams, n_epochs: 8 },
}
const rowsOf = (comparison: {
  readonly rows: ReadonlyArray<{ readonly label: string; readonly cells: unknown }>
}) => comparison.rows.map(({ label, cells }) => [label, cells])

test('compareRuns has only what differs, and the rest after it on request', () => {
  const runs = [{ run: succeededRun }, { run: other }]
  const comparison = compareRuns(runs)
  expect(comparison.runs).toEqual(['ft-example', 'ft-other'])
  expect(rowsOf(comparison)).toEqual([
    ['Epochs done', ['4', '8']],
    ['Epochs', ['4', '8']],
  ])
  const all = compareRuns(runs, { all: true }).rows
  expect(all.map(row => row.differs)).toEqual([true, true, ...all.slice(2).map(() => false)])
  expect(all.find(row => row.field === 'training_duration')?.cells).toEqual(['6 min 40 s', '6 min 40 s'])
})

test('compareRuns counts only the runs that it is given', () => {
  expect(compareRuns([{ run: succeededRun }]).rows).toEqual([])
  expect(compareRuns([{ run: succeededRun }, { run: { ...succeededRun, id: 'ft-copy' } }]).rows).toEqual([])
  expect(compareRuns([])).toEqual({ runs: [], baseline: null, rows: [] })
})

test('compareRuns takes null and absent for one', () => {
  const { seed: _, ...absent } = { ...queuedJob, id: 'ftjob-other' }
  expect(compareRuns([{ run: { ...queuedJob, seed: null } }, { run: absent }]).rows).toEqual([])
})

test('compareRuns compares both families, each hyperparameter once', () => {
  const method = {
    type: 'supervised',
    supervised: {
      hyperparameters: { n_epochs: 2, batch_size: 1, learning_rate_multiplier: 1.8, packing: true },
    },
  }
  const { rows } = compareRuns([{ run: pendingRun }, { run: { ...succeededJob, method } }])
  const of = (field: string) => rows.filter(row => row.field === field).map(row => row.values)
  expect(of('kind')).toEqual([['fine-tune', 'job']])
  expect(of('epochs')).toEqual([[4, 2]])
  expect(of('batch_size')).toEqual([[null, 1]])
  expect(of('packing')).toEqual([[null, 'true']])
  expect(rows.flatMap(({ field, group }) => (group === 'hyperparameters' ? [field] : []))).toEqual([
    'epochs',
    'batch_size',
    'learning_rate_multiplier',
    'prompt_loss_weight',
    'seed',
    'packing',
  ])
  expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length)
})

const measured = [
  { run: succeededJob, events: jobEvents, checkpoints: [jobCheckpoint] },
  {
    run: { ...succeededJob, id: 'ftjob-other', trained_tokens: 10_000 },
    checkpoints: [{ ...jobCheckpoint, metrics: { train_loss: 0.5, full_valid_loss: 1.5 } }],
  },
]

test('compareRuns marks the best of each metric and measures against a baseline', () => {
  const { rows, baseline } = compareRuns(measured, { baseline: 'ftjob-other' })
  expect(baseline).toBe(1)
  const row = (field: string) => rows.find(found => found.field === field)
  expect(row('full_valid_loss')).toMatchObject({ best: [true, false], deltas: [-0.25, null] })
  expect(row('trained_tokens')).toMatchObject({ best: [false, false], deltas: [10_000, null] })
  expect(row('started_at')?.deltas).toEqual([null, null])
  expect(compareRuns(measured, { baseline: 'none' }).baseline).toBeNull()
})

test('comparisonText has a column for each run, as long as they fit', () => {
  expect(
    comparisonText(compareRuns(measured, { baseline: 'ftjob-other' }), { width: 80 }),
  ).toMatchInlineSnapshot(`
    "                   ftjob-example         ftjob-other (baseline)
    Started at         2023-11-14T22:14:50Z
    Queue duration                   1 min
    Training duration           8 min 30 s
    Steps done                    20 (+10)                      10
    Steps                               20
    Trained tokens        20,000 (+10,000)                  10,000
    Train loss                  0.1 (-0.4)*                    0.5
    Full valid loss           1.25 (-0.25)*                    1.5
    * best"
  `)
})

test('comparisonText has a row for each run where they do not fit as columns', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({
    run: {
      ...succeededJob,
      id: `ftjob-${i}`,
      trained_tokens: 1000 * i,
      fine_tuned_model: `ft:gpt-4o-mini:example:${'x'.repeat(30)}:${i}`,
    },
    checkpoints: [{ ...jobCheckpoint, metrics: { full_valid_loss: 1 + i / 8 } }],
  }))
  expect(comparisonText(compareRuns(many), { width: 80 })).toMatchInlineSnapshot(`
    "         Fine tuned model                      Trained tokens   Full valid loss
    ftjob-0  ft:gpt-4o-mini:exa…xxxxxxxxxxxxxxx:0               0                 1*
    ftjob-1  ft:gpt-4o-mini:exa…xxxxxxxxxxxxxxx:1           1,000             1.125
    ftjob-2  ft:gpt-4o-mini:exa…xxxxxxxxxxxxxxx:2           2,000              1.25
    ftjob-3  ft:gpt-4o-mini:exa…xxxxxxxxxxxxxxx:3           3,000             1.375
    ftjob-4  ft:gpt-4o-mini:exa…xxxxxxxxxxxxxxx:4           4,000               1.5
    ftjob-5  ft:gpt-4o-mini:exa…xxxxxxxxxxxxxxx:5           5,000             1.625
    ftjob-6  ft:gpt-4o-mini:exa…xxxxxxxxxxxxxxx:6           6,000              1.75
    ftjob-7  ft:gpt-4o-mini:exa…xxxxxxxxxxxxxxx:7           7,000             1.875
    * best"
  `)
})

test('comparisonText cuts no cell that there is room for', () => {
  const names = ['a', 'b'].map(end => `ft:gpt-4o-mini-2024-07-18:harbour-lab:${end}`)
  const runs = names.map((model, i) => ({
    run: { ...succeededJob, id: `ftjob-${i}`, fine_tuned_model: model },
  }))
  for (const name of names) expect(comparisonText(compareRuns(runs), { width: 120 })).toContain(name)
  const many = Array.from({ length: 9 }, (_, i) => ({
    run: { ...succeededJob, id: `ftjob-${i}`, fine_tuned_model: `${names[0]}${i}` },
  }))
  for (let i = 0; i < 9; i++) expect(comparisonText(compareRuns(many))).toContain(`${names[0]}${i}`)
})

test.each([40, 60, 80, 100, 120])('comparisonText fits %d characters, whatever it compares', width => {
  for (const count of [1, 2, 3, 7, 40]) {
    const runs = Array.from({ length: count }, (_, i) => ({
      run: {
        ...pendingRun,
        id: `ft-${'x'.repeat(i * 3)}${i}`,
        fine_tuned_model: '模'.repeat(i),
        updated_at: i,
      },
    }))
    const text = comparisonText(compareRuns(runs, { all: true }), { width })
    for (const line of text.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(width)
    expect(text).not.toContain('"')
  }
})

test('the renderers of a comparison for other programs keep the numbers as they are', () => {
  const comparison = compareRuns(measured, { baseline: 'ftjob-other' })
  const csv = comparisonCsv(comparison).split('\r\n')
  expect(csv[0]).toMatch(/^id,started_at,.*trained_tokens,.*full_valid_loss,.*trained_tokens_delta/)
  expect(csv[1]).toMatch(/^ftjob-example,1700000090,/)
  expect(JSON.parse(comparisonJson(comparison))).toEqual(comparison)
  const named = compareRuns([{ run: { ...queuedJob, id: '=1+1' } }, { run: { ...queuedJob, id: 'a,"b"' } }])
  expect(comparisonCsv(named)).toBe(`id\r\n'=1+1\r\n"a,""b"""`)
})

test('comparisonMarkdown and comparisonHtml are tables', () => {
  const comparison = compareRuns([{ run: succeededRun }, { run: other }])
  expect(comparisonMarkdown(comparison, { title: 'a|b' })).toBe(
    [
      '### `a|b`',
      '',
      '|  | `ft-example` | `ft-other` |',
      '| --- | --- | --- |',
      '| **`Epochs done`** | `4` | `8` |',
      '| **`Epochs`** | `4` | `8` |',
    ].join('\n'),
  )
  expect(comparisonHtml(comparison, { title: 'a & b' })).toBe(
    [
      '<table class="comparison">',
      '<caption>a &amp; b</caption>',
      '<tr><td></td><th scope="col">ft-example</th><th scope="col">ft-other</th></tr>',
      '<tr class="differs"><th scope="row">Epochs done</th><td class="number">4</td><td class="number">8</td></tr>',
      '<tr class="differs"><th scope="row">Epochs</th><td class="number">4</td><td class="number">8</td></tr>',
      '</table>',
    ].join('\n'),
  )
})

test('comparisonText writes no difference from the baseline where there is none', () => {
  const runs = ['a', 'b'].map(id => ({ run: Object.assign({}, queuedJob, { id }) }))
  const text = comparisonText(compareRuns(runs, { all: true, baseline: 'a' }))
  expect(text).toMatch(/Seed +\d+ +\d+$/m)
})

test('comparisonText tells which run is the baseline where names are cut', () => {
  const ids = Array.from({ length: 4 }, (_, i) => `ftjob-${'x'.repeat(40)}${i}`)
  const runs = ids.map(id => ({ run: Object.assign({}, queuedJob, { id }) }))
  const comparison = compareRuns(runs, { all: true, baseline: ids[0] ?? '' })
  for (const width of [80, 110])
    expect(comparisonText(comparison, { width }).match(/…\S*line\)/g)).toHaveLength(1)
})
