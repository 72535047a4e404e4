import { unencodable } from '@finetune-kit/codec'
import { expect, test } from 'vitest'
import { drawBad } from '../../src/convert/badRecords.ts'

test('drawBad says which record cannot be written, and where in it, as a JSON Pointer', () => {
  const error = unencodable(['events', 0, 'a/b~c'], 'NaN is not a number of JSON')
  expect(
    drawBad(
      { _tag: 'UnencodableRecord', index: 4, error, value: {} },
      { name: () => 'runs.ndjson', redact: false },
    ),
  ).toBe('runs.ndjson: record 5 /events/0/a~1b~0c: cannot be written: NaN is not a number of JSON')
})
