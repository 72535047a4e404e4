import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonPointer } from '@finetune-kit/diff'
import { awkward } from './generators.ts'

// RFC 6901, section 5 and section 6
const rows = [
  ['', '#', []],
  ['/foo', '#/foo', ['foo']],
  ['/foo/0', '#/foo/0', ['foo', '0']],
  ['/', '#/', ['']],
  ['/a~1b', '#/a~1b', ['a/b']],
  ['/c%d', '#/c%25d', ['c%d']],
  ['/e^f', '#/e%5Ef', ['e^f']],
  ['/g|h', '#/g%7Ch', ['g|h']],
  ['/i\\j', '#/i%5Cj', ['i\\j']],
  ['/k"l', '#/k%22l', ['k"l']],
  ['/ ', '#/%20', [' ']],
  ['/m~0n', '#/m~0n', ['m~n']],
] as const

test.each(rows)('JsonPointer reads and writes %j', (pointer, fragment, tokens) => {
  expect(JsonPointer.parse(pointer)).toEqual({ _tag: 'Right', right: tokens })
  expect(JsonPointer.parseFragment(fragment)).toEqual({ _tag: 'Right', right: tokens })
  expect(JsonPointer.print(tokens)).toBe(pointer)
  expect(JsonPointer.printFragment(tokens)).toBe(fragment)
})

test('JsonPointer reads what it writes', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(awkward, fc.string())), tokens => {
      expect(JsonPointer.parse(JsonPointer.print(tokens))).toEqual({ _tag: 'Right', right: tokens })
      const wellFormed = tokens.map(token => token.toWellFormed())
      expect(JsonPointer.parseFragment(JsonPointer.printFragment(tokens))).toEqual({
        _tag: 'Right',
        right: wellFormed,
      })
    }),
  )
})

test.each([
  ['a', 0, 'a pointer is empty or begins with "/"'],
  ['/é/~2', 4, '"~" is followed by 0 or 1'],
  ['/~', 1, '"~" is followed by 0 or 1'],
])('JsonPointer says where %j stops being a pointer', (pointer, offset, reason) => {
  expect(JsonPointer.parse(pointer)).toMatchObject({
    left: { _tag: 'Malformed', format: 'JSON Pointer', offset, reason },
  })
})

test('JsonPointer refuses fragments that are not percent-encoded UTF-8', () => {
  expect(JsonPointer.parseFragment('#/%C3')).toMatchObject({
    left: { reason: 'the percent-encoding is not of UTF-8' },
  })
  expect(JsonPointer.parseFragment('/a')).toMatchObject({ left: { reason: 'a fragment begins with "#"' } })
})
