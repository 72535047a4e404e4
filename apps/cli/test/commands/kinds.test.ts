import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, hidden, folder } = folderOfTests()
const runs = simulateRuns()

test('convert writes a file for each kind where a file holds one, all or none of them', async () => {
  const event = { object: 'fine-tune-event', created_at: 1, level: 'info', message: 'x' }
  const mixed = written('mixed.ndjson', toNdjson([runs[0], event, runs[1], event]))
  for (const to of ['csv', 'avro', 'parquet']) {
    expect(await finetune(['convert', mixed, `split.${to}`])).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        new RegExp(`: 4 written to split.fine-tune.${to}, split.event.${to} \\(.+\\), 0 rejected\\n$`),
      ) as string,
    })
    expect(existsSync(`split.${to}`)).toBe(false)
    const back = await finetune(['convert', `split.event.${to}`, '-'])
    expect(back.stdout).toBe(toNdjson([event, event]))
  }
  const broken = written('broken.ndjson', toNdjson([runs[0], event, { ...runs[1], status: 1 }]))
  expect(await finetune(['convert', broken, 'neither.csv'])).toMatchObject({ code: 1 })
  expect(readdirSync(folder).filter(name => name.startsWith('neither'))).toEqual([])
  const some = await finetune(['convert', broken, 'some.csv', '--bad', 'skip'])
  expect([some.code, some.stderr.split('\n').at(-2)]).toEqual([
    1,
    '3 records read from broken.ndjson (NDJSON): 2 written to some.fine-tune.csv, some.event.csv (CSV), 1 rejected',
  ])
  expect(hidden()).toEqual([])
})

test('convert keeps records of several kinds in one file where the format lets them differ', async () => {
  const event = { object: 'fine-tune-event', created_at: 1, level: 'info', message: 'x' }
  const mixed = toNdjson([runs[0], event])
  expect(await finetune(['convert', '-', '-'], mixed)).toMatchObject({ code: 0, stdout: mixed })
})
