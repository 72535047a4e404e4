import { dictionary, Integer, nullable, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Yaml } from '@finetune-kit/serialization/yaml'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { any, show, readAll } from './yamlText.ts'

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

test('Yaml says of texts without quotes what they are, and to quote them', () => {
  const Note = Yaml.of(t.type({ id: t.string, at: t.array(t.union([t.string, t.null])), n: Integer }))
  const input = 'id: 0o7\nat: [1e3, true]\nn: 1.5\n'
  expect(decodeAll(Note)(new TextEncoder().encode(input)).map(show)).toEqual([
    '1:5 /id: expected string, found 0o7, a number. Quote it\n2:6 /at/0: expected string or null, found 1e3, a number. Quote it\n2:11 /at/1: expected string or null, found true, a boolean. Quote it\n3:4 /n: expected integer, found 1.5',
  ])
})

test('Yaml does not ask to quote what would be wrong with quotes, too', () => {
  const Lists = Yaml.of(
    record('Lists', {
      list: t.array(nullable(t.string)),
      tags: dictionary(t.string),
      either: t.union([t.array(t.string), t.string]),
    }),
  )
  const input = `list: 5\ntags: true\neither: 1e${'0'.repeat(200)}1\n`
  expect(decodeAll(Lists)(new TextEncoder().encode(input)).map(show)).toEqual([
    `1:7 /list: expected list of string or null, found 5\n2:7 /tags: expected dictionary of string, found true\n3:9 /either: expected list of string or string, found 1e${'0'.repeat(77)}…, a number. Quote it`,
  ])
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
