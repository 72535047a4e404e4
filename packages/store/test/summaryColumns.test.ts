import { expect, test } from 'vitest'
import { encodeText } from '../src/summaryColumns.ts'

test('encodeText cuts a text at 400 characters', () => {
  expect(encodeText('a'.repeat(400))).toBe('a'.repeat(400))
  expect(encodeText('a'.repeat(401))).toBe(`${'a'.repeat(399)}…`)
})

test('encodeText cuts a text of another script at 600 bytes', () => {
  const cut = encodeText('б'.repeat(400))
  expect(cut).toMatch(/^б+…$/)
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(600)
  expect(Buffer.byteLength(cut)).toBeGreaterThan(580)
})
