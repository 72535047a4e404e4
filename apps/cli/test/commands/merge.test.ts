import { expect, test } from 'vitest'
import { snapshotFiles, trouble } from './snapshotFiles.ts'

const { finetune, written, created, a } = snapshotFiles()

test('merge merges, and says what is in conflict', async () => {
  const ours = written('ours.json', JSON.stringify({ ...created, model: 'ada' }))
  const theirs = written('theirs.json', JSON.stringify({ ...created, status: 'running' }))
  const merged = await finetune(['merge', a, ours, theirs])
  expect([merged.code, merged.stderr]).toEqual([0, ''])
  expect(JSON.parse(merged.stdout)).toEqual({ ...created, model: 'ada', status: 'running' })

  const conflicting = await finetune(
    ['merge', a, ours, '-'],
    JSON.stringify({ ...created, model: 'babbage' }),
  )
  expect([conflicting.code, conflicting.stderr]).toEqual([
    1,
    `conflict at "/model": "${created.model}" in base, "ada" in ours, "babbage" in theirs. The result has ours.\n`,
  ])
  expect(JSON.parse(conflicting.stdout)).toEqual({ ...created, model: 'ada' })
  expect(await finetune(['merge', a, '-', '-'])).toEqual(
    trouble('stdin: it can be read once. Pass - for one file only.\n'),
  )
})

test('merge says which side the result has where one removed a field', async () => {
  const base = written('base.json', JSON.stringify({ ...created, note: 'a' }))
  const ours = written('ours.json', JSON.stringify(created))
  const theirs = JSON.stringify({ ...created, note: 'b' })
  expect((await finetune(['merge', base, ours, '-'], theirs)).stderr).toBe(
    'conflict at "/note": "a" in base, missing in ours, "b" in theirs. The result has theirs.\n',
  )
})

test('merge --format json prints the record and its conflicts as one document', async () => {
  const ours = written('ours.json', JSON.stringify({ ...created, model: 'ada' }))
  const theirs = written('theirs.json', JSON.stringify({ ...created, model: 'babbage' }))
  const { code, stdout, stderr } = await finetune(['merge', a, ours, theirs, '--format', 'json'])
  expect([code, stderr]).toEqual([1, ''])
  expect(JSON.parse(stdout)).toEqual({
    value: { ...created, model: 'ada' },
    conflicts: [{ path: '/model', base: created.model, ours: 'ada', theirs: 'babbage' }],
  })
})
