import { FineTuneSnapshot } from '@finetune-kit/model'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { compareRuns, comparisonMarkdown, comparisonText } from '@finetune-kit/diff/story'
import { pendingRun, succeededRun } from '../samples.ts'

const other = { ...succeededRun, id: 'ft-other', hyperparams: { ...succeededRun.hyperparams, n_epochs: 8 } }
const runs = [succeededRun, other]

test('compare gives only what differs, and the rest after it on request', () => {
  const { runs: names, rows } = compareRuns(FineTuneSnapshot)(runs, { metrics: [{ training_loss: 0.12 }] })
  expect(names).toEqual(['ft-example', 'ft-other'])
  expect(rows).toEqual([
    { label: 'Epochs done', cells: ['4 of 4', '8 of 8'], differs: true },
    { label: 'Metric training_loss', cells: ['0.12', null], differs: true },
    { label: 'Hyperparams › N epochs', cells: ['4', '8'], differs: true },
  ])
  const all = compareRuns(FineTuneSnapshot)(runs, { all: true }).rows
  expect(all.map(row => row.differs)).toEqual([true, true, ...all.slice(2).map(() => false)])
  expect(all).toContainEqual({ label: 'Time to train', cells: ['6 min 40 s', '6 min 40 s'], differs: false })
  expect(all.some(row => row.label === 'Events')).toBe(false)
})

test('compare counts only the runs that it is given', () => {
  expect(compareRuns(FineTuneSnapshot)([succeededRun]).rows).toEqual([])
  expect(compareRuns(FineTuneSnapshot)([succeededRun, { ...succeededRun, id: 'ft-copy' }]).rows).toEqual([])
  expect(compareRuns(FineTuneSnapshot)([])).toEqual({ runs: [], rows: [] })
})

test('compare numbers runs of which nothing says who they are', () => {
  expect(compareRuns(t.type({ x: t.number }))([{ x: 1 }, { x: 2 }])).toEqual({
    runs: ['1', '2'],
    rows: [{ label: 'x', cells: ['1', '2'], differs: true }],
  })
})

test('comparisonText and comparisonMarkdown are tables', () => {
  const comparison = compareRuns(FineTuneSnapshot)([pendingRun, succeededRun])
  expect(comparisonText(comparison)).toMatchInlineSnapshot(`
    "                                        ft-example            ft-example
    Phase                                   validating            succeeded
    Epochs done                             0 of 4                4 of 4
    Time to validate                                              1 min 30 s
    Time to train                                                 6 min 40 s
    Updated at                              2023-07-22T04:26:50Z  2023-07-22T04:35:00Z
    Fine tuned model                        null                  "curie:ft-example-2023-07-22-04-26-40"
    Status                                  "pending"             "succeeded"
    Hyperparams › Batch size                null                  1
    Hyperparams › Learning rate multiplier  null                  0.1
    Training files › 0 › Status             "uploaded"            "processed"
    Result files                            []
    Result files › 0 › Id                                         "file-result"
    Result files › 0 › Object                                     "file"
    Result files › 0 › Bytes                                      5,120 bytes
    Result files › 0 › Created at                                 2023-07-22T04:26:40Z
    Result files › 0 › Filename                                   "compiled_results.csv"
    Result files › 0 › Purpose                                    "fine-tune-results"
    Result files › 0 › Status                                     "uploaded"
    Result files › 0 › Status details                             null"
  `)
  expect(comparisonMarkdown(comparison, { title: 'a|b' }).split('\n').slice(0, 6)).toEqual([
    '### `a|b`',
    '',
    '|  | `ft-example` | `ft-example` |',
    '| --- | --- | --- |',
    '| **`Phase`** | `validating` | `succeeded` |',
    '| **`Epochs done`** | `0 of 4` | `4 of 4` |',
  ])
})
