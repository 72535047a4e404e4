import { decode, Integer, record } from '@finetune-kit/codec'
import { expect, test } from 'vitest'
import { DeadLetter, toDeadLetter, decodeAll, Ndjson, type Reject } from '@finetune-kit/serialization'

const reject = (bytes: Uint8Array): Reject => {
  const [item] = decodeAll(Ndjson.of(record('Point', { x: Integer })))(bytes)
  if (item?._tag !== 'Reject') throw new Error('expected a reject')
  return item
}

test('deadLetter keeps the place, the text and the reason', () => {
  const letter = toDeadLetter(reject(new TextEncoder().encode('\n{"x":"sk-secret"}\n')), 'runs.ndjson')
  expect(letter).toEqual({
    source: 'runs.ndjson',
    line: 2,
    offset: 1,
    encoding: 'utf-8',
    raw: '{"x":"sk-secret"}',
    error: '2:6 /x: expected integer, found "sk-secret"',
  })
  expect(decode(DeadLetter)(letter)._tag).toBe('Right')
})

test('deadLetter keeps bytes that are not UTF-8 as base64', () => {
  expect(toDeadLetter(reject(new Uint8Array([0x7b, 0xff, 0xfe])))).toMatchObject({
    encoding: 'base64',
    raw: 'e//+',
  })
})

test('deadLetter lets secrets be taken out of the text and of the error', () => {
  const hidden = toDeadLetter(reject(new Uint8Array([0x7b, 0xff, 0xfe])), undefined, text => text)
  expect(hidden).toMatchObject({ encoding: 'base64', raw: '' })
  const letter = toDeadLetter(reject(new TextEncoder().encode('{"x":"sk-secret"}')), undefined, text =>
    text.replaceAll('sk-secret', 'sk-…'),
  )
  expect(JSON.stringify(letter)).not.toContain('secret')
})

test('deadLetter says how many records are lost in it, when it is not one', () => {
  const one = reject(new TextEncoder().encode('{}'))
  expect(toDeadLetter(one)).not.toHaveProperty('records')
  const letter = toDeadLetter({ ...one, records: 7 })
  expect(letter).toEqual({ ...toDeadLetter(one), records: 7 })
  expect(decode(DeadLetter)(letter)._tag).toBe('Right')
})
