/** The cost of YAML grows with the input: what is quadratic takes minutes here. */
import { draw, Integer, record } from '@finetune-kit/codec'
import { decodeAll } from '@finetune-kit/serialization'
import { Yaml } from '@finetune-kit/serialization/yaml'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const bytes = (text: string) => new TextEncoder().encode(text)

test('Yaml reads many invalid documents in linear time', () => {
  const items = decodeAll(Yaml.of(record('X', { x: Integer })))(
    bytes('x: "é"\n---\nx: [\n---\n'.repeat(25_000)),
  )
  expect(items.length).toBe(50_001)
  const [last] = items.slice(-3)
  expect(last?._tag === 'Reject' && draw(last.error)).toBe('99997:4 /x: expected integer, found "é"')
})

test('Yaml reads many keys and many aliases in linear time', () => {
  const { decode: read } = Yaml.of(t.unknown)
  const keys = Array.from({ length: 60_000 }, (_, i) => [`k${i}`, i] as const)
  const map = keys.map(([key, i]) => `${key}: ${i}\n`).join('')
  expect(read(map)).toEqual(E.right(Object.fromEntries(keys)))
  const twice = read(`${map}k7: 1\n`)
  expect(E.isLeft(twice) && draw(twice.left)).toBe('60001:1 not YAML: a key that is there twice. Rename one')
  expect(read(`- &a x\n${'- *a\n'.repeat(60_000)}`)).toEqual(E.right(Array(60_001).fill('x')))
})
