import { expect, test } from 'vitest'
import { commentBlocks } from '../../src/prose/commentBlocks.ts'

const comments = (text: string) =>
  commentBlocks('a.tsx', text).map(({ kind, lines }) => ({
    [kind]: lines.map(({ line, text: prose }) => `${line} ${prose}`),
  }))

const columns = (text: string) => commentBlocks('a.ts', text).map(({ lines }) => lines.map(l => l.columns))

test('commentBlocks finds doc comments, blocks, lines and comments in JSX', () => {
  const text = `/** One. */
export const a = 1 // two
/**
 * Three
 * four.
 */
/* five */
export const b = <p>{/* six */}</p>
// seven
// eight
  // nine`
  expect(comments(text)).toEqual([
    { doc: ['1 One.'] },
    { comment: ['2 two'] },
    { doc: ['4 Three', '5 four.'] },
    { comment: ['7 five'] },
    { comment: ['8 six'] },
    { comment: ['9 seven', '10 eight'] },
    { comment: ['11 nine'] },
  ])
})

test('commentBlocks finds none in strings, templates and regular expressions', () => {
  expect(comments("export const a = ['// a', `\n// b\n`, /[/*]/, '/** c */']")).toEqual([])
})

test('commentBlocks skips examples, fenced code and directives', () => {
  const text = `/**
 * One.
 * \`\`\`ts
 * code
 * \`\`\`
 * | row |
 * @example
 * code
 * @returns two
 */
// oxlint-disable-next-line no-console
// @ts-expect-error three
export {}`
  expect(comments(text)).toEqual([{ doc: ['2 One.', '9 @returns two'] }])
})

test('commentBlocks counts columns from the start of the source line', () => {
  expect(columns('  /** a b */')).toEqual([['  /** a b'.length]])
  expect(columns('export {} // a b')).toEqual([['export {} // a b'.length]])
  expect(columns('/**\n * a b\n */')).toEqual([[' * a b'.length]])
})
