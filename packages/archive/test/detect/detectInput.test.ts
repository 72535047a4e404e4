import { EventStream, Json, Ndjson } from '@finetune-kit/serialization'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { expect, test } from 'vitest'
import { detectInput } from '@finetune-kit/archive/detect'

const bytes = (text: string) => new TextEncoder().encode(text)
const formatOf = (path: string, text: string): string | undefined => {
  const detected = detectInput(bytes(text), path, true)
  return detected._tag === 'Records' ? detected.format.name : undefined
}

test('detectInput takes the name of a file at its word, also of a compressed one', () => {
  for (const path of ['a.ndjson', 'a.jsonl', 'a.b.jsonl.gz']) expect(formatOf(path, '[')).toBe(Ndjson.name)
  expect(formatOf('a.msgpack.zst', '\u0001')).toBe(MessagePack.name)
})

test('detectInput detects an event stream by its first line', () => {
  for (const text of ['data: {', ': hello\n', 'event: x\n'])
    expect(formatOf('-', text)).toBe(EventStream.name)
})

test('detectInput tells a record a line from one JSON text', () => {
  const long = `{"id":"${'x'.repeat(100_000)}"}\n`
  const many = ['{"id":1}\n{"id":2}\n', '\n{"id":1}\r\n{"id', '{"id":"f\n{"id":2}\n', '1\n2', long + long]
  for (const text of many) expect(formatOf('a.json', text)).toBe(Ndjson.name)
  for (const text of [
    '',
    '{',
    '{"id":1}\n',
    '[{"id":1},\n{"id":2}]',
    '{\n  "id": 1\n}',
    '{"object":"list","data":[\n{"id":1}\n]}',
    'Dear\nledger',
  ])
    expect(formatOf('-', text)).toBe(Json.name)
})

test('detectInput asks for more where a cut line or a cut magic number decides nothing', () => {
  for (const text of [
    '',
    'O',
    '{"id":1',
    '{"id":1}',
    '{"id":1}\n',
    '{"id":1}\n{"id":2}',
    'id,obj',
    'data: {',
  ])
    expect(detectInput(bytes(text), '-')).toEqual({ _tag: 'Unclear' })
  expect(detectInput(new Uint8Array([0x1f]), 'a.ndjson')).toEqual({ _tag: 'Unclear' })
  for (const text of ['{"id":1}\n{"id":2}\n', 'id,object\n', 'data: {}\n', 'Obj\u0001'])
    expect(detectInput(bytes(text), '-')._tag).toBe('Records')
})

const reasonOf = (start: string) => {
  const detected = detectInput(
    Uint8Array.from(start, c => c.charCodeAt(0)),
    'runs.json',
    true,
  )
  return detected._tag === 'Unsupported' ? detected.reason : detected._tag
}

test('detectInput names what it cannot read, with the remedy', () => {
  expect(reasonOf('\xfd7zXZ\0\0')).toBe('xz data, which is not supported. Unpack it first: xz -d')
  expect(reasonOf('BZh91AY')).toBe('bzip2 data, which is not supported. Unpack it first: bzip2 -d')
  expect(reasonOf('PK\x03\x04')).toMatch(/^a zip archive/)
  expect(reasonOf('\xff\xfe{\0')).toMatch(/^UTF-16 text.+iconv/)
  expect(reasonOf('\n<!DOCTYPE html><html>')).toMatch(/^an HTML page/)
  expect(reasonOf('{"id":1}')).toBe('Records')
})
