import { Csv, EventStream, Json, Ndjson } from '@finetune-kit/serialization'
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

const le = (text: string) => text.replaceAll(/./gs, '$&\0')
const be = (text: string) => text.replaceAll(/./gs, '\0$&')

test.each([
  ['\xfd7zXZ\0\0', 'xz data, which is not supported. Unpack it first: xz -d'],
  ['BZh91AY', 'bzip2 data, which is not supported. Unpack it first: bzip2 -d'],
  ['\x5d\0\0\x80\0', 'lzma data, which is not supported. Unpack it first: lzma -d'],
  ['7z\xbc\xaf\x27\x1c\0', 'a 7z archive, which is not supported. Unpack it first: 7z x'],
  [
    `PK\x03\x04${'\0'.repeat(26)}runs.ndjson`,
    'a zip archive, which is not supported. Unpack it first: unzip',
  ],
  ['PK\x05\x06', 'a zip archive, which is not supported. Unpack it first: unzip'],
  [
    `PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml`,
    'an Excel workbook, which is not supported. Save it as CSV, separated by commas, in UTF-8',
  ],
  [
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'an Excel workbook, which is not supported. Save it as CSV, separated by commas, in UTF-8',
  ],
  [`runs.ndjson${'\0'.repeat(246)}ustar`, 'a tar archive, which is not supported. Unpack it first: tar -xf'],
  ['SQLite format 3\0', 'an SQLite database. Pass it as --db, or export its records first'],
  ['%PDF-1.7', 'a PDF document. Pass a file of records'],
  ['age-encryption.org/v1', 'encrypted by age. Decrypt it first: age -d'],
  ['-----BEGIN AGE ENCRYPTED FILE-----', 'encrypted by age. Decrypt it first: age -d'],
  ['-----BEGIN PGP MESSAGE-----', 'encrypted by PGP. Decrypt it first: gpg -d'],
  ['\x85\x02\x0c\x03\x9d', 'encrypted by PGP. Decrypt it first: gpg -d'],
  ['Salted__abc', 'encrypted by OpenSSL. Decrypt it first'],
  ['PARE', 'encrypted Parquet, which is not supported. Decrypt it first'],
  ['-----BEGIN CERTIFICATE-----', 'a key or a certificate (PEM). Pass a file of records'],
  ['\xff\xfe{\0', 'UTF-16 text, which is not supported. Convert it first: iconv -f UTF-16 -t UTF-8'],
  [le('{"id":1}'), 'UTF-16 text, which is not supported. Convert it first: iconv -f UTF-16LE -t UTF-8'],
  [be('id,object\n'), 'UTF-16 text, which is not supported. Convert it first: iconv -f UTF-16BE -t UTF-8'],
  ['\n<!DOCTYPE html><html>', 'an HTML page. Pass what the API answered, as JSON'],
  ['<!-- saved --><HTML>', 'an HTML page. Pass what the API answered, as JSON'],
  ['<?xml version="1.0"?><Error>', 'an XML document. Pass a file of records'],
  ['\x80\x04\x95\x10\0\0\0\0\0\0\0}', 'a Python pickle. Pass a file of records'],
  ["b'step,train_loss", "bytes as Python prints them. Write them as they are: open(path, 'wb')"],
  [
    '<FineTune fine-tune id=ft-AF1WoRqd3aJ at 0x7f8b1c2d3e4f> JSON: {\n  "object"',
    'an object as Python prints it. Pass what follows JSON:',
  ],
  ["{'object': 'fine_tuning.job'", 'a dictionary as Python prints it. Write it as JSON: json.dumps(record)'],
  ["[{'id': 'ftjob-1'}", 'a dictionary as Python prints it. Write it as JSON: json.dumps(record)'],
  [
    "FineTuningJob(id='ftjob-1', error=None)",
    'an object as Python prints it. Write it as JSON: record.model_dump_json()',
  ],
  [
    'SyncCursorPage[FineTuningJob](data=[FineTuningJob(',
    'an object as Python prints it. Write it as JSON: record.model_dump_json()',
  ],
  [
    'HTTP/2 200\r\ncontent-type: application/json\r\n\r\n{}',
    'an HTTP response with its headers. Pass its body: curl without -i',
  ],
  ['```json\n{}\n```', 'a code block of Markdown. Pass the lines between its fences'],
  [
    '2024-07-23 10:00:00 INFO job {"object":"fine_tuning.job"}\n',
    'lines of a log. Pass the JSON in them, one record a line',
  ],
  [
    "{\n  object: 'fine_tuning.job',\n",
    'an object as JavaScript prints it. Write it as JSON: JSON.stringify(record)',
  ],
  ['[ { id: "ftjob-1" } ]', 'an object as JavaScript prints it. Write it as JSON: JSON.stringify(record)'],
  [
    '\x1b[1;39m{\n  \x1b[0m\x1b[34;1m"object"',
    'text with the colours of a terminal. Write it without: jq -M, or NO_COLOR=1',
  ],
  [
    '10:00:00 \x1b[32mINFO\x1b[0m job {}',
    'text with the colours of a terminal. Write it without: jq -M, or NO_COLOR=1',
  ],
  ['INFO:root:{"object":"fine_tuning.job"}\n', 'lines of a log. Pass the JSON in them, one record a line'],
  ['[10:00:00.000] job {}\n', 'lines of a log. Pass the JSON in them, one record a line'],
  [
    '--\n-- PostgreSQL database dump\n--\n',
    'a dump of PostgreSQL. Pass its rows: psql -c "COPY … TO STDOUT CSV HEADER"',
  ],
  ['\0'.repeat(100), 'zeros in place of data, as a crash leaves them. Restore it from a copy'],
  [
    'step;train_loss\n1;0,5\n',
    'a result file with other separators than commas, which is not supported. Save it separated by commas',
  ],
])('detectInput names what it cannot read, with the remedy: %j', (start, reason) => {
  expect(reasonOf(start)).toBe(reason)
})

test.each([
  '{"id":1}',
  '---\nid: a;b\n',
  'id,a;b\n',
  'a;b\n',
  'BZ',
  '1\n2\n',
  '"a\tb"',
  'data: {}\n',
  '{"suffix":"gro\xc3\x9f[5m]"}', // ß in UTF-8
])('detectInput takes %j for records', start => {
  expect(reasonOf(start)).toBe('Records')
})

test.each(["{'id': 'ftjob-1'}", '2024-07-23 10:00: a\n'])(
  'detectInput reads %j in the format that the name tells',
  text => {
    expect(formatOf('runs.yaml', text)).toBe('YAML')
    expect(formatOf('runs.ndjson', text)).toBe('NDJSON')
  },
)

test.each([
  'id;object;created_at\nft-1;fine-tune;1\n',
  '\ufeff"id"\t"hyperparams.n_epochs"\r\n',
  'status;model\nfailed;gpt\n',
  'sep=;\nid;object\n',
])('detectInput takes %j for a table', text => {
  expect(formatOf('', text)).toBe(Csv.name)
})

test('detectInput takes NDJSON with an object over several lines for JSON', () => {
  for (const text of ['{\n  "id": 1\n}\n{\n  "id": 2\n}\n', '[\r\n\t{"id": 1}\r\n]\r\n'])
    expect(formatOf('a.jsonl', text)).toBe(Json.name)
  for (const text of ['{\n', '{\n"id":1}\n', '{"id":\n  1}'])
    expect(formatOf('a.jsonl', text)).toBe(Ndjson.name)
})
