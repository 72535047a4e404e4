import { detect, encodeAll, isConclusive } from '@finetune-kit/serialization'
import { formats } from './loadedFormats.ts'
import { OpenAIFile } from '@finetune-kit/model'
import { describe, expect, test, vi } from 'vitest'

const bytes = (text: string) => new TextEncoder().encode(text)
const file = {
  id: 'file-1',
  object: 'file',
  bytes: 1,
  created_at: 2,
  filename: 'a.jsonl',
  purpose: 'fine-tune',
}

describe('detect recognises what a format wrote', () => {
  test.each(formats.map(format => [format.name, format] as const))('%s', (name, format) => {
    const written = encodeAll(format.of(OpenAIFile))([file, file])
    if (written._tag === 'Left') throw new Error(written.left.reason)
    // canonical JSON is JSON, and has no extension of its own
    expect(detect(written.right).format?.name).toBe(name === 'canonical JSON' ? 'JSON' : name)
    for (const extension of format.extensions)
      expect(detect(new Uint8Array(0), `runs${extension}`).format?.name).toBe(name)
  })
})

test('detect recognises JSON over several lines, and one value alone', () => {
  for (const text of ['{"object":"list","data":[]}', '{\n  "a": 1\n}', '\ufeff [\n{"a":1},', '{"a":1}\n'])
    expect(detect(bytes(text)).format?.name).toBe('JSON')
})

test('detect recognises NDJSON whose first line is cut', () => {
  expect(detect(bytes('{"id":"f\n{"id":2}\n')).format?.name).toBe('NDJSON')
})

test('detect takes a JSON text sequence for JSON', () => {
  // as jq --seq -c writes it
  for (const text of ['{"id":1,"object":"file"}', '[1,2]', '1'])
    expect(detect(bytes(`\x1e${text}\n\x1e${text}\n`)).format?.name).toBe('JSON')
})

test('detect says nothing of bytes that are none of the formats', () => {
  for (const text of ['hello', 'Dear all,\nhello', 'well, hello']) expect(detect(bytes(text))).toEqual({})
  expect(detect(new Uint8Array(0))).toEqual({})
})

test('detect tells compression by its bytes, brotli by its name, and the format inside by the name', () => {
  expect(detect(new Uint8Array([0x1f, 0x8b, 8, 0]), 'a/runs.ndjson.gz')).toMatchObject({
    compression: 'gzip',
    format: { name: 'NDJSON' },
  })
  expect(detect(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd]))).toEqual({ compression: 'zstd' })
  expect(detect(new Uint8Array([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0]))).toEqual({ compression: 'zstd' })
  expect(detect(new Uint8Array([1, 2, 3]), 'runs.JSON.BR')).toMatchObject({
    compression: 'brotli',
    format: { name: 'JSON' },
  })
})

test.each(['['.repeat(1_000_000), `[${'1,'.repeat(2_000_000)}1]`])(
  'detect parses no text that exceeds the limits of a record, %#',
  text => {
    const parse = vi.spyOn(JSON, 'parse')
    try {
      expect(detect(bytes(text)).format?.name).toBe('JSON')
      expect(detect(bytes(`${text}\n${text}\n`)).format?.name).toBe(text.endsWith('[') ? 'JSON' : 'NDJSON')
      expect(parse).not.toHaveBeenCalled()
    } finally {
      parse.mockRestore()
    }
  },
)

test('isConclusive waits for a line, and for two where the first may be a part of a record', () => {
  for (const text of ['', 'Ob', 'id,object', '\n \n\n', '{"id":1}\n', '\ufeff[1,\n \r\n', '1234'])
    expect(isConclusive(bytes(text)), text).toBe(false)
  for (const text of ['id,object\n', 'data: 1\r', '{"id":1}\n{"id":2}\r\n', '\ufeff[1,\n\n2]\n', 'Obj\u0001'])
    expect(isConclusive(bytes(text)), text).toBe(true)
  expect(isConclusive(bytes('{"id'), 'runs.ndjson')).toBe(true)
  expect(isConclusive(new Uint8Array([0x1f, 0x8b, 8, 0]))).toBe(true)
  expect(isConclusive(new Uint8Array([0xdc, 0xff, 0xff, 0xff]))).toBe(true)
})

const first = (byte: number) => detect(new Uint8Array([byte, 0xff, 0xff, 0xff])).format?.name
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('detect takes maps, lists and extensions for MessagePack, and no other bytes', () => {
  const packed = Array.from({ length: 256 }, (_, byte) => byte).filter(b => first(b) === 'MessagePack')
  expect(packed).toEqual([...upTo(0x80, 0x9f), ...upTo(0xc7, 0xc9), ...upTo(0xd4, 0xd8), ...upTo(0xdc, 0xdf)])
})

const named = (text: string) => detect(bytes(text)).format?.name

test('detect takes lines of JSON for NDJSON only if one of them is whole', () => {
  expect(named('{"id":1}\n\n{"id":2')).toBe('NDJSON')
  expect(named('{"id":"f\n{"id":2}\nx')).toBe('NDJSON')
  expect(named('{"id":1}\n \n')).toBe('JSON')
  expect(named('{"id":[\n{"id":2}')).toBe('JSON')
})
