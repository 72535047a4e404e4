import { detect, encodeAll } from '@finetune-kit/serialization'
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
