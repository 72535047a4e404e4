import { FineTune } from '@finetune-kit/model'
import { Json, Ndjson } from '@finetune-kit/serialization'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { Packr, Unpackr } from 'msgpackr'
import { interleave, type Job } from '../interleave.ts'
import { each, inPieces, reading, writing, writtenAll } from '../pass.ts'
import { parsed, recordTexts } from '../records.ts'
import { figuresOf, goalOf, type Row } from '../Row.ts'

const setting = { sample: 10, rounds: 25 }
const ours = MessagePack.of(FineTune)
const targets = (
  encode: ReadonlyMap<string, number>,
  decode: ReadonlyMap<string, number>,
  [write, read]: readonly [string, string],
) => [goalOf('encode, of msgpackr', encode, write, 0.9), goalOf('decode, of msgpackr', decode, read, 0.9)]

const valueRow: Row = {
  name: 'messagepack',
  title: 'MessagePack, one record at a time: encode and decode with the check, beside msgpackr and JSON',
  run: () => {
    const records = parsed(recordTexts(500)) as ReadonlyArray<FineTune>
    const packr = new Packr({ useRecords: false })
    const packed = records.map(record => Uint8Array.from(packr.pack(record)))
    const texts = records.map(record => JSON.stringify(record))
    const json = Json.of(FineTune)
    const encode = interleave(
      {
        'msgpackr encode': each(records, record => Uint8Array.from(packr.pack(record))),
        'MessagePack.encode': each(records, record => ours.encode(record)),
        'Json.encode': each(records, record => json.encode(record)),
        'JSON.stringify': each(records, record => JSON.stringify(record)),
      },
      { base: 'msgpackr encode', ...setting },
    )
    const decode = interleave(
      {
        'msgpackr decode': each(packed, bytes => packr.unpack(bytes)),
        'MessagePack.decode': each(packed, bytes => ours.decode(bytes)),
        'Json.decode': each(texts, text => json.decode(text)),
        'JSON.parse': each(texts, text => JSON.parse(text) as unknown),
      },
      { base: 'msgpackr decode', ...setting },
    )
    return {
      figures: [...figuresOf(encode), ...figuresOf(decode)],
      goals: targets(encode, decode, ['MessagePack.encode', 'MessagePack.decode']),
      note: 'msgpackr checks nothing, writes -0 as 0, NaN and lone surrogates as they come, and reads bytes, dates and whatever length a header claims; ours refuses what it would lose, and decodes with the codec',
    }
  },
}

const streamRow: Row = {
  name: 'messagepack-stream',
  title: 'MessagePack, 2,048 records, in chunks of 64 KiB',
  run: () => {
    const texts = recordTexts(2048)
    const records = parsed(texts) as ReadonlyArray<FineTune>
    const lines = inPieces(new TextEncoder().encode(`${texts.join('\n')}\n`))
    const pieces = inPieces(writtenAll(ours, records))
    const packr = new Packr({ useRecords: false })
    const pack: Job = () => records.reduce((n, record) => n + Uint8Array.from(packr.pack(record)).length, 0)
    const whole = Buffer.concat(records.map(record => packr.pack(record)))
    const unpackr = new Unpackr({ useRecords: false })
    const json = Ndjson.of(FineTune)
    const encode = interleave(
      {
        'msgpackr pack': pack,
        'MessagePack writer': writing(ours, records),
        'NDJSON writer': writing(json, records),
      },
      { base: 'msgpackr pack', ...setting },
    )
    const decode = interleave(
      {
        'msgpackr unpackMultiple': () => unpackr.unpackMultiple(whole).length,
        'MessagePack reader': reading(ours, pieces),
        'NDJSON reader': reading(json, lines),
      },
      { base: 'msgpackr unpackMultiple', ...setting },
    )
    return {
      figures: [...figuresOf(encode), ...figuresOf(decode)],
      goals: targets(encode, decode, ['MessagePack writer', 'MessagePack reader']),
      note: 'msgpackr is given all bytes as one and checks nothing; ours takes them in pieces and checks each record',
    }
  },
}

export const messagePackRows: ReadonlyArray<Row> = [valueRow, streamRow]
