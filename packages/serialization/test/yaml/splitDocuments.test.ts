/** The law of parts: reading them one after the other equals reading the whole text. */
import { decodeAll } from '@finetune-kit/serialization'
import { Yaml } from '@finetune-kit/serialization/yaml'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { parseAllDocuments } from 'yaml'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { splitDocuments } from '../../src/yaml/splitDocuments.ts'

const line = fc.constantFrom(
  '---',
  '--- a',
  '---a',
  ' ---',
  '...',
  '... # b',
  '....',
  '%YAML 1.2',
  '# c',
  '',
  '  ',
  'a: 1',
  'b: |',
  '  x',
  '- "y',
  'z"',
  '--- |',
  '--- "',
)

const documentsOf = (text: string): ReadonlyArray<unknown> => {
  const docs = parseAllDocuments(text, { schema: 'core', uniqueKeys: false })
  return 'empty' in docs
    ? []
    : docs.map(doc => [doc.errors.length > 0, doc.errors.length > 0 || doc.toJSON()])
}

test('partsOf leaves to the library what it reads of the whole text', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 9 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = lines.join(end)
      const parts = splitDocuments(text).map(({ from, to }) => text.slice(from, to))
      expect(parts.join('')).toBe(text)
      const whole = documentsOf(text)
      // after an error, the library may report different further errors for a part
      fc.pre(!whole.some(doc => (doc as ReadonlyArray<unknown>)[0]))
      expect(parts.flatMap(documentsOf)).toEqual(whole)
    }),
    { numRuns: 3000 },
  )
})

test('Yaml writes no document that is longer than it reads', () => {
  const { encode, decode } = Yaml.of(t.string)
  const most = 'x'.repeat(4_194_304 - '---\nx\n'.length + 1)
  expect(E.chainW(decode)(encode(most))).toEqual(E.right(most))
  expect(encode(`${most}x`)).toEqual(
    E.left({
      _tag: 'Unencodable',
      path: [],
      reason: 'longer than 4194304 characters, the longest document that is read',
    }),
  )
})

test('Yaml refuses a document that is too long for what is made of it, and reads on', () => {
  const text = `--- 1\n--- '${'1,'.repeat(2_200_000)}'\n--- 2\n`
  const items = decodeAll(Yaml.of(t.unknown))(new TextEncoder().encode(text))
  expect(items.map(item => (item._tag === 'Record' ? item.value : item.error))).toEqual([
    1,
    {
      _tag: 'Malformed',
      format: 'YAML',
      reason: 'a document of more than 4194304 characters',
      offset: 6,
      line: 2,
      column: 1,
    },
    2,
  ])
})
