import { expect, test } from 'vitest'
import { markdownBlocks } from '../../src/prose/markdownBlocks.ts'

const paragraphs = (text: string) =>
  markdownBlocks(text).map(({ lines }) => lines.map(({ line, text: prose }) => `${line} ${prose}`))

const columns = (text: string) => markdownBlocks(text)[0]?.lines[0]?.columns

test('markdownBlocks splits paragraphs, headings and list items', () => {
  expect(paragraphs('# Title\none\ntwo\n\n- item\n  more\n2. next\n> quote')).toEqual([
    ['1 Title', '2 one', '3 two'],
    ['5 item', '6 more'],
    ['7 next'],
    ['8 quote'],
  ])
})

test('markdownBlocks skips front matter, code, HTML, table rows and link definitions', () => {
  const text = `---
"a": minor
---
prose

    indented

\`\`\`ts
code
\`\`\`
| a | b |
<img src="x">
[x]: https://a.example
~~~~
\`\`\`
~~~~
end`
  expect(paragraphs(text)).toEqual([['4 prose'], ['17 end']])
})

test('markdownBlocks reads an indented paragraph of a list item', () => {
  expect(paragraphs('10. item\n\n    more')).toEqual([['1 item'], ['3 more']])
})

test('markdownBlocks empties code spans and drops link targets', () => {
  expect(paragraphs('a `b c` [d](e) https://f.example/g h')).toEqual([['1 a `` [d]  h']])
})

test('markdownBlocks counts the columns that wrapping could shorten', () => {
  expect(columns('- one two')).toBe(9)
  expect(columns('- é 𝄞')).toBe(5)
  expect(columns('- one [two](three)')).toBe('- one [two]'.length)
  expect(columns('- one')).toBe(0)
  expect(columns('- `one two`')).toBe(0)
})
