import { expect, test } from 'vitest'
import { wrapHelp } from '../src/wrapHelp.ts'

test('wrapHelp puts the rest of a line under its description, or under its beginning', () => {
  expect(wrapHelp('  --db FILE  The file of the runs, else another\n\n  short', 31)).toBe(
    '  --db FILE  The file of the\n             runs, else another\n\n  short',
  )
  expect(wrapHelp('  --completions SHELL  Print a script of the shell', 30)).toBe(
    '  --completions SHELL  Print a\n      script of the shell',
  )
  expect(wrapHelp('  a sentence of several words', 20)).toBe('  a sentence of\n  several words')
})

test('wrapHelp does not count colours, and leaves a long word whole', () => {
  expect(wrapHelp('\u001b[1mone two\u001b[0m', 7)).toBe('\u001b[1mone two\u001b[0m')
  expect(wrapHelp('one abcdefghij', 7)).toBe('one\nabcdefghij')
})
