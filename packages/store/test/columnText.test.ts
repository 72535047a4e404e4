import { expect, test } from 'vitest'
import { fromColumnText, toColumnText } from '../src/columnText.ts'

test('fromColumnText reads what toColumnText wrote, and no column has NUL or a lone surrogate', () => {
  for (const text of ['', 'a', '"', '"a"', 'a\0b', '\ud800', '\udfff\ud800', '😀', '\\', 'null']) {
    const column = toColumnText(text)
    expect(fromColumnText(column)).toBe(text)
    expect(column.isWellFormed() && !column.includes('\0')).toBe(true)
  }
})
