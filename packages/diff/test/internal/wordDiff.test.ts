import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { wordDiff } from '../../src/internal/wordDiff.ts'

const require = createRequire(import.meta.url)

test('the deep import of diff has the version, the path and the export that wordDiff relies on', async () => {
  const own = require('../../package.json') as { readonly dependencies: Record<string, string> }
  const workspace = readFileSync(new URL('../../../../pnpm-workspace.yaml', import.meta.url), 'utf8')
  expect(own.dependencies['diff']).toBe('catalog:ranges')
  expect(/^ {4}diff: (.+)$/m.exec(workspace)?.[1]).toBe('9.0.0')
  expect((require('diff/package.json') as { readonly version: string }).version).toBe('9.0.0')
  expect(Object.keys(await import('diff/lib/diff/word.js'))).toContain('diffWordsWithSpace')
})

test('wordDiff compares texts of less than 24 characters as a whole', () => {
  expect(wordDiff('bread for all on Sunday', 'bread for two on Sunday')).toEqual([
    [{ text: 'bread for all on Sunday', isOwn: true }],
    [{ text: 'bread for two on Sunday', isOwn: true }],
  ])
  const [left] = wordDiff('bread for all on Sundays', 'bread for two on Sundays')
  expect(left.filter(({ isOwn }) => isOwn)).toEqual([{ text: 'all', isOwn: true }])
})

test('wordDiff tells which words only one text has', () => {
  const [left, right] = wordDiff('bread for twelve people on Monday', 'bread for ten people on Monday')
  expect(left.filter(({ isOwn }) => isOwn)).toEqual([{ text: 'twelve', isOwn: true }])
  expect(right.filter(({ isOwn }) => isOwn)).toEqual([{ text: 'ten', isOwn: true }])
})
