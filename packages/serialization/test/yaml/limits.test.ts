import { draw } from '@finetune-kit/codec'
import { decodeAll } from '@finetune-kit/serialization'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { any, read, readAll } from './yamlText.ts'

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

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)

test('Yaml writes 250 levels, and refuses more', () => {
  expect(E.isRight(any.encode(nested(250)))).toBe(true)
  expect(E.isLeft(any.encode(nested(251)))).toBe(true)
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
