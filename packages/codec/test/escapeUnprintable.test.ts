import { escapeUnprintable } from '@finetune-kit/codec'
import { expect, test } from 'vitest'

test.each([
  ['a control character', '\u001b', '\\u001b'],
  ['a line feed', '\n', '\\u000a'],
  ['a bidirectional override', '\u202e', '\\u202e'],
  ['a format character beyond U+FFFF', '\u{e0001}', '\\u{e0001}'],
  ['a lone surrogate', '\ud800', '\\ud800'],
  ['a line separator', '\u2028', '\\u2028'],
  ['a paragraph separator', '\u2029', '\\u2029'],
])('escapeUnprintable writes %s as an escape, and leaves the letters around it', (_, character, escape) => {
  expect(escapeUnprintable(`é${character}😀`)).toBe(`é${escape}😀`)
})

test('escapeUnprintable returns no more characters than were asked for, escapes included', () => {
  expect(escapeUnprintable('\u001b'.repeat(9), 10)).toHaveLength(10)
  expect(escapeUnprintable('a'.repeat(10), 10)).toBe('a'.repeat(10))
})
