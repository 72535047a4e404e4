import { Canonical } from '@finetune-kit/codec'
import { FineTune } from '@finetune-kit/model'
import { Json, MessagePack, Ndjson } from '@finetune-kit/serialization'
import canonicalize from 'canonicalize'
import { Packr } from 'msgpackr'
import { interleave } from '../interleave.ts'
import { parsed, recordTexts } from '../records.ts'
import { figuresOf, type Row } from '../Row.ts'

const encoder = new TextEncoder()

/** Bytes in pieces, as a file is read. */
const inPieces = (bytes: Uint8Array): ReadonlyArray<Uint8Array> =>
  Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
    bytes.slice(i * 65_536, (i + 1) * 65_536),
  )

const ndjsonRow: Row = {
  name: 'ndjson',
  title: 'NDJSON in pieces of 64 KiB, checked records out: 2,000 of them, one thread',
  run: () => {
    const pieces = inPieces(encoder.encode(`${recordTexts(2000).join('\n')}\n`))
    const format = Ndjson.of(FineTune)
    const ratios = interleave(
      {
        'split + JSON.parse only': () => {
          const decoder = new TextDecoder()
          let rest = ''
          let n = 0
          for (const piece of pieces) {
            const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
            rest = lines.pop() as string
            for (const line of lines) if (JSON.parse(line) !== null) n++
          }
          return n
        },
        'finetune-kit': () => {
          const reader = format.reader()
          let n = 0
          for (const piece of pieces) for (const item of reader.push(piece)) if (item._tag === 'Record') n++
          for (const item of reader.end()) if (item._tag === 'Record') n++
          return n
        },
      },
      { base: 'split + JSON.parse only', sample: 20, rounds: 25 },
    )
    return {
      figures: figuresOf(ratios),
      goals: [
        {
          what: 'of split + JSON.parse only',
          measured: ratios.get('finetune-kit') as number,
          target: 0.93,
        },
      ],
      note: 'the base checks nothing: not the records, not UTF-8, not depth, range or size',
    }
  },
}

const canonicalRow: Row = {
  name: 'canonical',
  title: 'canonical JSON to bytes: 500 records',
  run: () => {
    const records = parsed(recordTexts(500))
    const to = (text: (u: unknown) => string | undefined) => () =>
      records.reduce<number>((n, record) => n + encoder.encode(text(record)).length, 0)
    const ratios = interleave(
      {
        canonicalize: to(u => canonicalize(u)),
        'JSON.stringify': to(u => JSON.stringify(u)),
        'finetune-kit': to(u => {
          const text = Canonical.text(u)
          return text._tag === 'Right' ? text.right : undefined
        }),
      },
      { base: 'canonicalize', sample: 10, rounds: 25 },
    )
    return {
      figures: figuresOf(ratios),
      goals: [{ what: 'of canonicalize', measured: ratios.get('finetune-kit') as number, target: 4.5 }],
      note: 'JSON.stringify orders no keys',
    }
  },
}

const count =
  <A>(of: ReadonlyArray<A>, job: (a: A) => unknown) =>
  () =>
    of.reduce((n, a) => (job(a) === undefined ? n : n + 1), 0)

const messagePackRow: Row = {
  name: 'messagepack',
  title: 'MessagePack, one record at a time: encode and decode with the check, beside msgpackr and JSON',
  run: () => {
    const records = parsed(recordTexts(500)) as ReadonlyArray<FineTune>
    const packr = new Packr({ useRecords: false })
    const packed = records.map(record => Uint8Array.from(packr.pack(record)))
    const texts = records.map(record => JSON.stringify(record))
    const ours = MessagePack.of(FineTune)
    const json = Json.of(FineTune)
    const setting = { sample: 10, rounds: 25 }
    const encode = interleave(
      {
        'msgpackr encode': count(records, record => packr.pack(record)),
        'MessagePack.encode': count(records, record => ours.encode(record)),
        'Json.encode': count(records, record => json.encode(record)),
      },
      { base: 'msgpackr encode', ...setting },
    )
    const decode = interleave(
      {
        'msgpackr decode': count(packed, bytes => packr.unpack(bytes)),
        'MessagePack.decode': count(packed, bytes => ours.decode(bytes)),
        'Json.decode': count(texts, text => json.decode(text)),
      },
      { base: 'msgpackr decode', ...setting },
    )
    return {
      figures: [...figuresOf(encode), ...figuresOf(decode)],
      goals: [
        {
          what: 'encode, of msgpackr',
          measured: encode.get('MessagePack.encode') as number,
          target: 0.9,
        },
        {
          what: 'decode, of msgpackr',
          measured: decode.get('MessagePack.decode') as number,
          target: 0.9,
        },
      ],
      note: 'msgpackr alone checks nothing; ours refuses what it would lose, and decodes with the codec',
    }
  },
}

export const formatRows: ReadonlyArray<Row> = [ndjsonRow, canonicalRow, messagePackRow]
