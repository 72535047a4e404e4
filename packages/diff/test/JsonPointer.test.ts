import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonPointer } from '@finetune-kit/diff'
import { awkward } from './generators.ts'

// RFC 6901, section 5
const rows = [
  ['', []],
  ['/foo', ['foo']],
  ['/foo/0', ['foo', '0']],
  ['/', ['']],
  ['/a~1b', ['a/b']],
  ['/c%d', ['c%d']],
  ['/e^f', ['e^f']],
  ['/g|h', ['g|h']],
  ['/i\\j', ['i\\j']],
  ['/k"l', ['k"l']],
  ['/ ', [' ']],
  ['/m~0n', ['m~n']],
] as const

test.each(rows)('JsonPointer reads and writes %j', (pointer, tokens) => {
  expect(JsonPointer.parse(pointer)).toEqual({ _tag: 'Right', right: tokens })
  expect(JsonPointer.print(tokens)).toBe(pointer)
})

test('JsonPointer reads what it writes', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(awkward, fc.string())), tokens => {
      expect(JsonPointer.parse(JsonPointer.print(tokens))).toEqual({ _tag: 'Right', right: tokens })
    }),
  )
})

test.each([
  ['a', 0, 'a pointer is empty or begins with "/"'],
  ['/é/~2', 4, '"~" is not followed by 0 or 1'],
  ['/~', 1, '"~" is not followed by 0 or 1'],
])('JsonPointer says where %j stops being a pointer', (pointer, offset, reason) => {
  expect(JsonPointer.parse(pointer)).toMatchObject({
    left: { _tag: 'Malformed', format: 'JSON Pointer', offset, reason },
  })
})
