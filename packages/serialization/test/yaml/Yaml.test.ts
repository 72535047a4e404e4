import { decodeAll } from '@finetune-kit/serialization'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { any, read, show } from './yamlText.ts'

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
  const small = [0.1, 8e-5, -1.5, -2.5e-7, 5e-324]
  for (const n of [-0, 0, ...small, 1e21, 1.7976931348623157e308, Number.MAX_SAFE_INTEGER])
    expect(E.chainW((text: string) => any.decode(text))(any.encode({ n }))).toStrictEqual(E.right({ n }))
})

test('Yaml is written for people', () => {
  expect(any.encode({ id: 'ft-1', tags: ['a', 'no'], none: [], text: 'two\nlines', at: null })).toEqual(
    E.right('id: ft-1\ntags:\n  - a\n  - "no"\nnone: []\ntext: "two\\nlines"\nat: null\n'),
  )
})

test('Yaml writes what readers of YAML 1.1 take for the same', () => {
  // such as PyYAML: a float has a point, U+2028 breaks a line, and << merges
  expect(any.encode([1e21, -5e-7, 2.5e-9, '<<', '=', '\u0085\u2028\u007f\ufffe'])).toEqual(
    E.right('- 1.0e+21\n- -5.0e-7\n- 2.5e-9\n- "<<"\n- "="\n- "\\u0085\\u2028\\u007f\\ufffe"\n'),
  )
  expect(any.encode({ '<<': 1, '\u2029': 2 })).toEqual(E.right('"<<": 1\n"\\u2029": 2\n'))
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
