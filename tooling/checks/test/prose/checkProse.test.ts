import { expect, test } from 'vitest'
import { print } from '../../src/Finding.ts'
import { checkProse, type ProseException } from '../../src/prose/checkProse.ts'
import { commentBlocks } from '../../src/prose/commentBlocks.ts'
import { markdownBlocks } from '../../src/prose/markdownBlocks.ts'

const check = (text: string, exceptions: ReadonlyArray<ProseException> = []) =>
  checkProse('a.ts', commentBlocks('a.ts', text), exceptions).map(print)

test('checkProse refuses lines of more than 100 columns', () => {
  const line = `// ${'ab '.repeat(32)}a`
  expect(check(line)).toEqual([])
  expect(check(`${line}bc`)).toEqual(['a.ts:1: 102 columns of prose. Wrap it at 100.'])
})

const starts = [
  'What',
  'How',
  'Whether',
  'Of',
  'Who',
  'Where',
  'Why',
  'Which',
  'Whose',
  'Whatever',
  '`x`: what',
]

test.each(starts)('checkProse refuses a doc comment that begins with %s', start => {
  const word = start.replace('`x`: ', '')
  const remedy = 'Begin with the noun or the verb; a boolean with "True if"'
  expect(check(`/** ${start} it is. */`)).toEqual([
    `a.ts:1: a doc comment that begins with "${word}". ${remedy}.`,
  ])
  expect(check(`// ${start} it is.`)).toEqual([])
})

test.each(['Whole records.', 'Offset of it.', 'However it comes.', 'A part, what it is.'])(
  'checkProse accepts a doc comment that begins as in: %s',
  text => {
    expect(check(`/** ${text} */`)).toEqual([])
  },
)

test.each([
  ['many pieces of', 'pieces'],
  ['64 unless said otherwise', 'unless said otherwise'],
  ['64, unless it is said', 'unless it is said'],
  ['as said otherwise', 'said otherwise'],
  ['the row beside it', 'beside'],
  ['Behind the last', 'Behind'],
  ['one behind the other', 'behind'],
  ['behind a closing quote', 'behind'],
  ['begins anew', 'anew'],
  ['in trouble', 'trouble'],
  ['Gives a schema', 'Gives'],
  ['`of` gives a schema', 'gives'],
  ['it gives back the value', 'gives back'],
  ['whoever reads', 'whoever'],
  ['for who reads', 'for who'],
  ['through the very reader', 'the very'],
  ['a whole number', 'whole number'],
  ['is written down', 'written down'],
  ['goes on with it', 'goes on'],
  ['code that comes again', 'comes again'],
])('checkProse refuses in "%s": %s', (text, found) => {
  expect(check(`// ${text}`)).toEqual([
    expect.stringContaining(`a.ts:1: "${found}" is not used in prose. Use `),
  ])
})

test.each([
  'the masterpiece',
  'besides, it is',
  'leaves nothing behind',
  'what stays behind in this thread',
  'the file behind a symbolic link',
  'all code is behind one switch',
  'the input gives the order',
  'troubleshooting',
  'the very first',
  'whole files',
  'the `piece` of',
])('checkProse accepts: %s', text => {
  expect(check(`// ${text}`)).toEqual([])
})

test('checkProse finds phrases across lines', () => {
  expect(check('// one\n// 64 unless said\n// otherwise')).toEqual([
    'a.ts:2: "unless said otherwise" is not used in prose. Use "Default: …".',
  ])
  expect(checkProse('a.md', markdownBlocks('# A\n\nunless said\notherwise')).map(f => f.line)).toEqual([3])
})

test('checkProse allows an exception, and refuses one that is not needed', () => {
  const exception = { file: 'a.ts', word: 'piece', reason: 'quoted' }
  expect(check('// a piece', [exception])).toEqual([])
  expect(check('// a piece', [{ ...exception, file: 'b.ts' }])).toHaveLength(1)
  expect(check('// a part', [exception])).toEqual([
    'a.ts:1: the exception for "piece" is not needed. Remove it from tooling/checks/src/prose/exceptions.ts.',
  ])
})
