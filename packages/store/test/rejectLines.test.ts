import { expect, test } from 'vitest'
import { rejectLines } from '../src/rejectLines.ts'

test.each([
  [{ line: 3, reason: '3:7 not NDJSON' }, ['a.gz:3:7 not NDJSON']],
  [{ line: 3, reason: '/id: missing\n/model: missing' }, ['a.gz:3 /id: missing', 'a.gz:3 /model: missing']],
  [{ record: 2, reason: 'record 2: cut' }, ['a.gz: record 2: cut']],
  // a record of several lines: the error is in the third
  [{ line: 1, reason: '3:1 not YAML: cut' }, ['a.gz:3:1 not YAML: cut']],
  [{ reason: 'not gzip: cut (byte 200)' }, ['a.gz: not gzip: cut (byte 200)']],
  [{ line: 3, reason: 'not gzip: cut (byte 200)' }, ['a.gz:3 not gzip: cut (byte 200)']],
])('rejectLines puts the place first: %j', (reject, lines) => {
  expect(rejectLines('a.gz', reject)).toEqual(lines)
})
