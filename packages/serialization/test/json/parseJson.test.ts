import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { jsonPlaces } from '../../src/json/jsonPlaces.ts'
import { parseJson } from '../../src/json/parseJson.ts'

const rules = { maxDepth: 1000, maxValues: 1_000_000, strict: false }

test('parseJson gives the value of JSON.parse', () => {
  for (const text of [
    '{"b":1,"a":[{},[],{"":null}],"b":2,"__proto__":{"x":1}}',
    '[true,false,null,-0,1.5e3,"\\u00e9\\n"]',
    ' { "a" : { "b" : { } , "c" : 1 } , "d" : [ [ ] ] } ',
  ])
    expect(parseJson(text, rules)).toStrictEqual(E.right(JSON.parse(text)))
})

test('parseJson names the first number in the text that no double holds', () => {
  expect(parseJson('{"b":1e999,"1":-1e999}', rules)).toEqual(
    E.left({ at: 5, reason: 'the number 1e999 is beyond the range of a double' }),
  )
})

test('jsonPlaces finds the last of duplicate keys, and the last value on a path that leads nowhere', () => {
  const text = '{"a":{"b":1},"l":[0,{"c":2}],"a":{"x":[]}}'
  expect(jsonPlaces(text, [[], ['a'], ['a', 'b'], ['a', 'x', 3], ['l', 1, 'c'], ['m']])).toEqual([
    0, 33, 33, 38, 25, 0,
  ])
})
