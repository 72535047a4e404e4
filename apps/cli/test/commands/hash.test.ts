import { expect, test } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests } from '../runFinetune.ts'

const { finetune } = folderOfTests()

test('hash gives a record one digest, whatever the order of its keys, and says where it stands', async () => {
  const [record] = simulateRuns()
  const reversed = Object.fromEntries(Object.entries(record ?? {}).toReversed())
  const { code, stdout, stderr } = await finetune(
    ['hash', '-', 'none.json'],
    toNdjson([record, reversed, {}]),
  )
  const [first = '', second] = stdout.split('\n')
  expect(first).toMatch(new RegExp(`^[0-9a-f]{64} {2}stdin:1 ${record?.id}$`))
  expect(second).toBe(first.replace(':1 ', ':2 '))
  expect(stderr).toBe(
    'stdin:3:1 the field "object" is missing, and the other fields match no kind of record\nnone.json: no such file. Check the path.\n',
  )
  expect(code).toBe(2)
})
