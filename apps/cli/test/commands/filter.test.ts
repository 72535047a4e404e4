/** Commands between two pipes: records in, records out, issues next to them. */
import { execFileSync } from 'node:child_process'
import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'
import { nodeFlags, program } from '../spawnFinetune.ts'

const { finetune, written, content } = folderOfTests()

const [first, second] = simulateRuns()
const bad = '{"object":"fine-tune","id":1}\n{"object":\n'

test('validate --pass writes valid records as lines, and issues to standard error', async () => {
  const text = `${toNdjson([first])}${bad}${toNdjson([second])}`
  const { code, stdout, stderr } = await finetune(['validate', '--pass', '-'], text)
  expect([code, stdout]).toEqual([1, toNdjson([first, second])])
  expect(stderr).toMatch(/^stdin:2:28 .*\n[^]*\nstdin:3:\d+ .*\n1 file: 2 fine-tunes, 2 invalid\n$/)
})

test('validate --pass holds back an error response, and refuses files without records', async () => {
  const error = '{"error":{"message":"Rate limit reached"}}'
  written('rows.jsonl', '{"prompt":"a","completion":"b"}\n')
  expect(await finetune(['validate', '--pass', '-'], error)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'stdin:1: an error response of the API, not a record: "Rate limit reached"\n1 file: 0 runs, 1 error response\n',
  })
  expect(await finetune(['validate', '--pass', 'rows.jsonl'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^rows\.jsonl: --pass is for records, and the file has none\. Leave it out\.\n/,
    ),
  })
  expect(await finetune(['validate', '--pass', '--format', 'json', '-'], error)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: '--pass and --format json: both write to standard output. Leave one out.\n',
  })
})

test('split parts in several processes give the records of one process', async () => {
  const all = [...simulateJobs().flatMap(({ snapshots }) => snapshots), ...simulateRuns()]
  const text = all.map((run, i) => toNdjson([run]) + (i % 7 === 3 ? bad : '')).join('')
  written('all.ndjson', text)
  const one = await finetune(['convert', '--bad', 'skip', '-', '-'], text)
  const node = [process.execPath, ...nodeFlags, program].map(part => `'${part}'`).join(' ')
  for (const args of ['convert --bad skip - -', 'validate --pass -']) {
    const command = `${node} ${args} < {} > {}.out 2> {}.err; test $? = 1`
    const script = `rm -f part-*; split -n l/3 all.ndjson part-; ls part-* | xargs -P 2 -I{} sh -c "${command}"; cat part-*.out > several.ndjson`
    execFileSync('sh', ['-c', script])
    expect(content('several.ndjson')).toBe(one.stdout)
  }
})
