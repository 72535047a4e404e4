import { draw } from '@finetune-kit/codec'
import { Json } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { expect, test, vi } from 'vitest'
import * as E from '#fp-ts/Either'

const readAtMost = (text: string, maxValues: number) =>
  E.mapLeft(draw)(Json.of(t.unknown).decode(text, { maxValues }))

test('Json refuses a record of more values than its limit, at the first one that is too many', () => {
  const text = '[1,{"a":"x,y","b":[ ]},[null,"\\\\","\\\\\\""]]'
  const value = JSON.parse(text) as unknown
  expect(readAtMost(text, 9)).toEqual(E.right(value))
  expect(readAtMost(text, 8)).toEqual(E.left('1:35 not JSON: more than 8 values in a record'))
  expect(readAtMost(text, 5)).toEqual(E.left('1:24 not JSON: more than 5 values in a record'))
  expect(readAtMost('1', 1)).toEqual(E.right(1))
})

test('Json refuses a million values before it parses them', () => {
  const parse = vi.spyOn(JSON, 'parse')
  const text = `{"extra":[${'1,'.repeat(1_500_000)}1]}`
  expect(E.mapLeft(draw)(Json.of(t.unknown).decode(text))).toEqual(
    E.left('1:2000007 not JSON: more than 1000000 values in a record'),
  )
  expect(parse.mock.calls.filter(([parsed]) => parsed.length > 100)).toEqual([])
  parse.mockRestore()
})
