/** A table whose header is wrong: every row is lost for one reason, which is said once. */
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content } = folderOfTests()

const twice = written('twice.csv', 'id,id,object\n1,2,3\n1,2,3\n1,2,3\n')
const line = 'twice.csv:1:1 not CSV: the column "id" is there twice. Rename one\n'

test.each<readonly [args: ReadonlyArray<string>, code: number, stdout: string, stderr: string]>([
  [['validate'], 1, line, '1 file: 3 invalid\n'],
  [['hash'], 1, '', line],
  [['log'], 2, '', `${line}… and 3 more\ntwice.csv: no valid run.\n`],
  [['diff', twice], 2, '', `${line}… and 3 more\n`],
  [
    ['import', '--db', ':memory:'],
    1,
    'twice.csv: 0 new runs, 0 changed, 0 snapshots unchanged, 0 other new records, 3 rejected\n',
    `${line}… and 3 more\n`,
  ],
])('%j says it once, with the number of rows', async (args, code, stdout, stderr) => {
  expect(await finetune([...args, twice])).toEqual({ code, stdout, stderr })
})

const counts = (output: string) =>
  `3 records read from twice.csv (CSV): 0 written to ${output} (NDJSON), 3 rejected\n`

test('convert says it once, and keeps every row in quarantine', async () => {
  expect((await finetune(['convert', '--bad', 'skip', twice, 'a.ndjson'])).stderr).toBe(
    line + counts('a.ndjson'),
  )
  expect((await finetune(['convert', '--bad', 'quarantine=bad.ndjson', twice, 'b.ndjson'])).stderr).toBe(
    counts('b.ndjson'),
  )
  const rows = content('bad.ndjson').trimEnd().split('\n')
  expect(rows.map(row => JSON.parse(row).raw)).toEqual(['id,id,object', '1,2,3', '1,2,3', '1,2,3'])
})
