import { draw, Integer, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll, type ReaderOptions, type ReadResult } from '@finetune-kit/serialization'
import { Yaml } from '@finetune-kit/serialization/yaml'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const any = Yaml.of(t.unknown)
const read = (text: string) => E.mapLeft(draw)(any.decode(text))
const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record' ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}` : draw(item.error)

describe('Yaml keeps texts that look like something else', () => {
  test.each([
    'no',
    'Yes',
    'on',
    'y',
    'null',
    '~',
    '',
    'true',
    '1e3',
    '007',
    '0x1f',
    '-0',
    '.inf',
    '1_000',
    '12:30:45',
    '2001-01-01',
    '\ufeffx',
    '<<',
    '=',
    '- a',
    '# a',
    'a: b',
    'a #b',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '---',
    '...',
    ' a ',
    'a\nb\n',
    'a\r\nb',
    '\t',
    '\0',
    '\u0085',
    '\u2028',
    '\u00a0',
    '\ud800',
    '\ufffe',
    '😀',
    "it's",
    '"',
    '\\',
    'a\n\n',
    '\n',
  ])('%j', text => {
    for (const value of [text, [text], { [text]: text }, { a: { b: [text] } }]) {
      const written = any.encode(value)
      if (E.isLeft(written)) throw new Error(written.left.reason)
      expect(any.decode(new TextEncoder().encode(written.right))).toStrictEqual(E.right(value))
    }
  })
})

test('Yaml keeps numbers as they are, also -0', () => {
  for (const n of [-0, 0, 1e21, 5e-324, 1.7976931348623157e308, Number.MAX_SAFE_INTEGER, 0.1, 8e-5, -1.5])
    expect(E.chainW((text: string) => any.decode(text))(any.encode({ n }))).toStrictEqual(E.right({ n }))
})

test('Yaml is written for people', () => {
  expect(any.encode({ id: 'ft-1', tags: ['a', 'no'], none: [], text: 'two\nlines', at: null })).toEqual(
    E.right('id: ft-1\ntags:\n  - a\n  - "no"\nnone: []\ntext: "two\\nlines"\nat: null\n'),
  )
})

test.each([
  ['a: 1e400', '1:4 not YAML: the number 1e400 is beyond the range of a double'],
  ['- .inf', '1:3 not YAML: .inf is not a number of JSON'],
  ['- .nan', '1:3 not YAML: .nan is not a number of JSON'],
  ['a:\n  b: 9007199254740993', '2:6 not YAML: the number 9007199254740993 is not held exactly by a double'],
  ['a: 1\nb: 2\na: 3', '3:1 not YAML: a key that is there twice. Rename one'],
  ['1: a', '1:1 not YAML: a key that is not a string. Quote it'],
  ['[a]: b', '1:1 not YAML: a key that is not a string. Quote it'],
  ['a: !mine b', '1:4 not YAML: the tag !mine stands for no JSON value here. Remove it'],
  ['', '1:1 not YAML: expected one document, found 0'],
  ['--- 1\n--- 2\n', '2:1 not YAML: expected one document, found 2'],
])('Yaml.decode refuses %j', (text, error) => {
  expect(read(text)).toEqual(E.left(error))
})

test('Yaml reads aliases, and no bomb of them', () => {
  expect(read('a: &x [1]\nb: *x\n')).toEqual(E.right({ a: [1], b: [1] }))
  expect(read('- &x 1\n- &y [*x]\n- &x 2\n- *y\n- *x\n- &k key: *k\n')).toEqual(
    E.right([1, [1], 2, [1], 2, { key: 'key' }]),
  )
  expect(read('- *x\n- &x 1\n')).toEqual(E.left('1:3 not YAML: an alias without an anchor'))
  const bomb = ['a0: &a0 [x]']
  for (let i = 1; i < 12; i++)
    bomb.push(
      `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(',')}]`,
    )
  const refused = read(bomb.join('\n'))
  expect(E.isLeft(refused) && refused.left).toContain('aliases that expand to more than 100000 values')
  const inside = 'an alias inside of what it stands for. Write it out'
  expect(read('&a [*a]')).toEqual(E.left(`1:5 not YAML: ${inside}`))
  expect(read('- &a {x: [*a]}\n')).toEqual(E.left(`1:11 not YAML: ${inside}`))
  expect(read('&a [&b [*a], *b]')).toEqual(E.left(`1:9 not YAML: ${inside}`))
  expect(read('[&a [1], *a, &a [*a]]')).toEqual(E.left(`1:18 not YAML: ${inside}`))
  expect(read('[&a [1], &b [*a], *b, *a]')).toEqual(E.right([[1], [[1]], [[1]], [1]]))
})

test('Yaml refuses what is nested too deeply', () => {
  for (const [open, place] of [
    ['[', '1:501'],
    ['{a: ', '1:2001'],
    ['[{a: ', '1:1251'],
  ] as const)
    expect(read(open.repeat(1_000_000))).toEqual(
      E.left(`${place} not YAML: nested more than 500 levels deep`),
    )
  const lists = '- |\n  [[\n- "]["\n- [1]\n'.repeat(1000)
  expect(E.map((list: unknown) => (list as Array<unknown>).length)(read(lists))).toEqual(E.right(3000))
  expect(E.mapLeft(draw)(any.decode('[[[]]]', { maxDepth: 2 }))).toEqual(
    E.left('1:3 not YAML: nested more than 2 levels deep'),
  )
})

const byCR = (at: string) =>
  E.left(`${at} not YAML: a carriage return without a line feed. End each line with a line feed`)

test('Yaml refuses a CR alone, which would be a part of a text', () => {
  expect(read('- a\r- b\r')).toEqual(byCR('1:4'))
  expect(read('# é\r\na: 1\r')).toEqual(byCR('2:5'))
  expect(read('a: "\\r"\r\nb: 1\r\n')).toEqual(E.right({ a: '\r', b: 1 }))
  expect(decodeAll(any)(new TextEncoder().encode('# c\ra: 1\r')).map(show)).toEqual([
    '1:4 not YAML: a carriage return without a line feed. End each line with a line feed',
  ])
})

test('Yaml keeps keys of prototypes as data', () => {
  const value = any.decode('__proto__: {polluted: 1}\nconstructor: 2\n')
  expect(E.map((u: unknown) => Object.keys(u as object))(value)).toEqual(
    E.right(['__proto__', 'constructor']),
  )
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

test('Yaml reads a document a record, and tells where fields are wrong', () => {
  const Point = Yaml.of(record('Point', { x: Integer }))
  const input = '# points\nx: 1\n---\nx: "é"\n---\nx: [\n---\n{"x": 4}\n...\n'
  expect(decodeAll(Point)(new TextEncoder().encode(input)).map(show)).toMatchInlineSnapshot(`
    [
      "2@9 {"x":1}",
      "4:4 /x: expected integer, found "é"",
      "7:1 not YAML: a "[" that is not closed, or whose lines are not indented. Add "]" or spaces",
      "7@35 {"x":4}",
    ]
  `)
  expect(
    E.map((b: Uint8Array) => new TextDecoder().decode(b))(encodeAll(Point)([{ x: 1 }, { x: 2 }])),
  ).toEqual(E.right('---\nx: 1\n---\nx: 2\n'))
})

test('Yaml notes the directives that it ignores, with their lines', () => {
  const reader = any.reader()
  const input = '%YAML 1.3\n---\na: 1\n...\n%FOO bar\n---\na: 2\n'
  const results = [...reader.push(new TextEncoder().encode(input)), ...reader.end()]
  expect(results.map(show)).toEqual(['2@10 {"a":1}', '6@32 {"a":2}'])
  expect(reader.notes?.()).toEqual([
    'line 1: the directive "%YAML 1.3" is ignored',
    'line 5: the directive "%FOO bar" is ignored',
  ])
  const many = any.reader()
  many.push(new TextEncoder().encode('%A\n---\n1\n...\n'.repeat(100)))
  expect([...many.end()].length).toBe(100)
  expect(many.notes?.().length).toBe(10)
})

const readAll = (text: string, options?: ReaderOptions) =>
  decodeAll(any, options)(new TextEncoder().encode(text)).map(show)

test.each([
  ['a: 1\n...\n\n...\n', ['1@0 {"a":1}']],
  ['# c\n...\n', []],
  ['# c\n...\n# d\n...\na: 1\n', ['5@16 {"a":1}']],
  ['---\n...\n', ['1@0 null']],
])('Yaml reads a record for each document of %j', (text, wanted) => {
  expect(readAll(text)).toEqual(wanted)
})

test('Yaml reads a list of records, and reads on after a bad item', () => {
  expect(readAll('- a: 1\n- .inf\n- é\n- [2]\n---\nb: 2\n---\n[]\n')).toEqual([
    '1@2 {"a":1}',
    '2:3 not YAML: .inf is not a number of JSON',
    '3@16 "é"',
    '4@21 [2]',
    '5@25 {"b":2}',
  ])
  const Point = Yaml.of(record('Point', { x: Integer }))
  expect(decodeAll(Point)(new TextEncoder().encode('- x: 1\n- x: "é"\n- x: 1.5\n')).map(show)).toEqual([
    '1@2 {"x":1}',
    '2:6 /x: expected integer, found "é"',
    '3:6 /x: expected integer, found 1.5',
  ])
})

test('Yaml keeps the anchors of an item that it refuses', () => {
  expect(readAll('- &a 1\n- [.inf, &a 2, &b 3]\n- [*a, *b]\n')).toEqual([
    '1@5 1',
    '2:4 not YAML: .inf is not a number of JSON',
    '3@30 [2,3]',
  ])
})

test('Yaml reads back records that are lists', () => {
  const values = [[], [1], [[{ a: [] }]], 1]
  const written = encodeAll(any)(values)
  if (E.isLeft(written)) throw new Error(written.left.reason)
  expect(decodeAll(any)(written.right)).toMatchObject(values.map(value => ({ _tag: 'Record', value })))
})

test('Yaml reads an alias as a key, where it is a string', () => {
  expect(read('a: &k key\nb: {*k : 1}\n')).toEqual(E.right({ a: 'key', b: { key: 1 } }))
  expect(read('a: &k 1\nb: {*k : 1}\n')).toEqual(E.left('2:5 not YAML: a key that is not a string. Quote it'))
  expect(read('*k : 1\n')).toEqual(E.left('1:1 not YAML: a key that is not a string. Quote it'))
})

test('Yaml ignores directives that it does not know, and reads YAML 1.1 by the core schema', () => {
  for (const directive of ['%YAML 1.3', '%YAML 1.1', '%FOO bar', '%FOO bar baz'])
    expect(read(`${directive}\n---\nyes: no\n`)).toEqual(E.right({ yes: 'no' }))
  expect(E.isLeft(read('%YAML 1.2 foo\n---\n1\n'))).toBe(true)
})

test.each([
  ['a: 1\nb: !!binary aGk=\n', '2:4 not YAML: the tag !!binary stands for no JSON value here. Remove it'],
  [
    'a: 1\nb: !!timestamp 2001-01-01\n',
    '2:4 not YAML: the tag !!timestamp stands for no JSON value here. Remove it',
  ],
  ['!!merge <<: {a: 1}\n', '1:1 not YAML: the tag !!merge stands for no JSON value here. Remove it'],
  ['a: !!set {x}\n', '1:4 not YAML: the tag !!set stands for no JSON value here. Remove it'],
  ['a: !!omap [x: 1]\n', '1:4 not YAML: the tag !!omap stands for no JSON value here. Remove it'],
])('Yaml refuses the tag of %j with its place', (text, error) => {
  expect(read(text)).toEqual(E.left(error))
  expect(read(`%YAML 1.1\n---\n${text}`)._tag).toBe('Left')
})

test('Yaml refuses in strict mode a literal that is not the value of its double', () => {
  for (const literal of ['1e-999', '9007199254740993.0', '-.1000000000000000000001', '1.000000000000000005'])
    expect([literal, any.decode(literal, { strict: true })._tag]).toEqual([literal, 'Left'])
  for (const literal of ['0.1', '+1', '.5', '1.', '0x1f', '-0.0'])
    expect([literal, any.decode(literal, { strict: true })._tag]).toEqual([literal, 'Right'])
})

test.each([
  ['lists on one line', '- '.repeat(3000), '1:1001'],
  ['lists, line by line', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}-\n`).join(''), '501:501'],
  ['maps', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), '501:502'],
  ['lists of maps', Array.from({ length: 600 }, (_, i) => `${'  '.repeat(i)}- a:\n`).join(''), '251:501'],
  ['both styles', `${'- '.repeat(300)}${'['.repeat(300)}`, '1:801'],
])('Yaml counts the nesting of %s before it is parsed', (_, text, place) => {
  expect(read(text)).toEqual(E.left(`${place} not YAML: nested more than 500 levels deep`))
  const twice = decodeAll(any)(new TextEncoder().encode(`--- \n${text}\n`.repeat(2)))
  expect(twice.map(({ _tag }) => _tag)).toEqual(['Reject', 'Reject'])
})

test('Yaml counts no nesting in texts, comments and lists next to each other', () => {
  const text = `a: |\n${'  - - [ [\n'.repeat(600)}b: # ${'- '.repeat(600)}\n${'- - {c: [1]}\n'.repeat(600)}`
  expect(E.map(value => Object.keys(value as object))(read(text))).toEqual(E.right(['a', 'b']))
})

test('Yaml refuses a document of more tokens or values than its limits', () => {
  const text = `[${'1,'.repeat(5000)}1]`
  expect(E.mapLeft(draw)(any.decode(text, { maxRecordBytes: 1_048_576 }))).toEqual(
    E.left('1:8193 not YAML: more than 8192 tokens in a document'),
  )
  expect(E.mapLeft(draw)(any.decode('[1, {a: 2}]', { maxValues: 3 }))).toEqual(
    E.left('1:9 not YAML: more than 3 values in a record'),
  )
  expect(readAll('- [1, 2]\n- [1]\n', { maxValues: 2 })).toEqual([
    '1:7 not YAML: more than 2 values in a record',
    '2@11 [1]',
  ])
})
