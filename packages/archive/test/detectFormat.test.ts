import { EventStream, Json, MessagePack, Ndjson } from '@finetune-kit/serialization'
import { expect, test } from 'vitest'
import { detectFormat } from '../src/detectFormat.ts'

const named = (path: string, text: string) => detectFormat(path, new TextEncoder().encode(text))

test('formatOf takes the name of a file at its word, also of a compressed one', () => {
  for (const path of ['a.ndjson', 'a.jsonl', 'a.b.jsonl.gz']) expect(named(path, '[')).toBe(Ndjson)
  expect(named('a.msgpack.zst', '\u0001')).toBe(MessagePack)
})

test('formatOf tells an event stream by its first line', () => {
  for (const text of ['data: {', ': hello\n', 'event: x\n']) expect(named('-', text)).toBe(EventStream)
})

test('formatOf tells a record a line from one JSON text', () => {
  for (const text of ['{"id":1}\n{"id":2}\n', '\n{"id":1}\r\n{"id', '{"id":"f\n{"id":2}\n', '1\n2'])
    expect(named('a.json', text)).toBe(Ndjson)
  for (const text of [
    '',
    '{',
    '{"id":1}\n',
    '[{"id":1},\n{"id":2}]',
    '{\n  "id": 1\n}',
    '{"object":"list","data":[\n{"id":1}\n]}',
    'Dear\nledger',
  ])
    expect(named('-', text)).toBe(Json)
})
