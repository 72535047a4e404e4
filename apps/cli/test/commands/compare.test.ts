import { expect, test } from 'vitest'
import { toNdjson } from '@finetune-kit/model/testing'
import { snapshotFiles, trouble } from './snapshotFiles.ts'

const { finetune, created, good } = snapshotFiles()

test('compare puts the newest records of runs side by side, what differs first', async () => {
  const both = toNdjson([
    { ...created, id: 'two' },
    { ...created, id: 'one', model: 'ada' },
    { ...created, id: 'two', model: 'curie' },
  ])
  const told = await finetune(['compare', '-', 'two', 'one'], both)
  expect(told).toEqual({ code: 0, stdout: '            two    one\nBase model  curie  ada\n', stderr: '' })
  const all = await finetune(['compare', '-', '--format', 'markdown', '--all', '--redact'], both)
  expect(all.stdout.split('\n').slice(0, 4)).toEqual([
    '|  | `two` | `one` |',
    '| --- | --- | --- |',
    '| **`Base model`** | `curie` | `ada` |',
    '| `Kind` | `fine-tune` | `fine-tune` |',
  ])
  expect(all.stdout).not.toContain(created.organization_id)
  expect(await finetune(['compare', good, 'ft-none'])).toEqual(
    trouble('good.ndjson: no run "ft-none". Pass the id of one, or a file.\n'),
  )
})

test('compare measures against a baseline, in formats for people and programs', async () => {
  const both = toNdjson([
    { ...created, id: 'one', hyperparams: { ...created.hyperparams, n_epochs: 2 } },
    { ...created, id: 'two', hyperparams: { ...created.hyperparams, n_epochs: 4 } },
  ])
  const told = await finetune(['compare', '-', '--baseline', 'one', '--format', 'csv'], both)
  expect(told).toEqual({ code: 0, stdout: 'id,epochs,epochs_delta\r\none,2,\r\ntwo,4,2\n', stderr: '' })
  const json = await finetune(['compare', '-', '--format', 'json'], both)
  expect(JSON.parse(json.stdout)).toMatchObject({ runs: ['one', 'two'], rows: [{ values: [2, 4] }] })
  expect((await finetune(['compare', '-', '--baseline', 'none'], both)).code).toBe(2)
})

test('compare says that runs are alike, and of a record that cannot be read', async () => {
  const alike = toNdjson([created, { ...created, id: 'ft-other' }])
  expect(await finetune(['compare', '-'], `${alike}{}\n`)).toEqual({
    code: 1,
    stdout: '2 runs: nothing differs.\n',
    stderr: expect.stringContaining('stdin:3') as string,
  })
})
