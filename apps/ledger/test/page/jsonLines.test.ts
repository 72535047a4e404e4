import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonLines } from '../../page/src/jsonLines.ts'

test('jsonLines writes what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const text = jsonLines(value)
        .map(({ depth, text }) => '  '.repeat(depth) + text)
        .join('\n')
      expect(text).toBe(JSON.stringify(value, null, 2))
    }),
  )
})

test('jsonLines names the place of each value', () => {
  expect(jsonLines({ a: [1, { 'b/c': null }] }).map(({ path }) => path)).toEqual([
    '',
    '/a',
    '/a/0',
    '/a/1',
    '/a/1/b~1c',
    undefined,
    undefined,
    undefined,
  ])
})
