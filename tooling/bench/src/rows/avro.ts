import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { FineTune } from '@finetune-kit/model'
import { Json, Ndjson } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import { interleave, type Ratios } from '../interleave.ts'
import { avscTypeOf, blocksOf, encodedBy } from '../peers/avsc.ts'
import { keptForAvsc, restoredFromAvsc } from '../peers/keeping.ts'
import { each, inPieces, reading, writing, writtenAll } from '../pass.ts'
import { parsed, recordTexts } from '../records.ts'
import { figuresOf, type Goal, goalOf, type Row } from '../Row.ts'

const setting = { sample: 10, rounds: 25 }
const ours = Avro.of(FineTune)

const dropless = 'avsc, nothing dropped'

const droplessGoal = (what: string, ratios: Ratios, contestant: string): Goal => ({
  what: `${what}, of avsc with nothing dropped`,
  measured: (ratios.get(contestant) as number) / (ratios.get(dropless) as number),
  target: 0.9,
})

const note =
  'avsc, by the same schema, checks types but not the codec, drops unknown keys, gives null for what is absent and believes what a length claims; with nothing dropped, as ours, its records go through a handwritten walk before or after'

const valueRow: Row = {
  name: 'avro',
  title: 'Avro, one record at a time: encode and decode with the check, beside avsc and JSON',
  run: () => {
    const records = parsed(recordTexts(500)) as ReadonlyArray<FineTune>
    const texts = records.map(record => JSON.stringify(record))
    const type = avscTypeOf(writtenAll(ours, []))
    const bare = records.map(record => type.toBuffer(record))
    const kept = records.map(record => type.toBuffer(keptForAvsc(record)))
    const headed = records.flatMap(record => {
      const bytes = ours.encode(record)
      return bytes._tag === 'Right' ? [bytes.right] : []
    })
    const json = Json.of(FineTune)
    const encode = interleave(
      {
        'avsc toBuffer': each(records, record => type.toBuffer(record)),
        [dropless]: each(records, record => type.toBuffer(keptForAvsc(record))),
        'Avro.encode': each(records, record => ours.encode(record)),
        'Json.encode': each(records, record => json.encode(record)),
      },
      { base: 'avsc toBuffer', ...setting },
    )
    const decode = interleave(
      {
        'avsc fromBuffer': each(bare, bytes => type.fromBuffer(bytes) as unknown),
        [dropless]: each(kept, bytes => restoredFromAvsc(type.fromBuffer(bytes) as FineTune)),
        'Avro.decode': each(headed, bytes => ours.decode(bytes)),
        'Json.decode': each(texts, text => json.decode(text)),
      },
      { base: 'avsc fromBuffer', ...setting },
    )
    return {
      figures: [...figuresOf(encode), ...figuresOf(decode)],
      goals: [
        goalOf('encode, of avsc', encode, 'Avro.encode', 0.9),
        goalOf('decode, of avsc', decode, 'Avro.decode', 0.9),
        droplessGoal('encode', encode, 'Avro.encode'),
        droplessGoal('decode', decode, 'Avro.decode'),
      ],
      note,
    }
  },
}

const fileRow: Row = {
  name: 'avro-file',
  title: 'Avro, a file of 2,000 records in deflated blocks of 512 KiB, in pieces of 64 KiB',
  run: () => {
    const texts = recordTexts(2000)
    const records = parsed(texts) as ReadonlyArray<FineTune>
    const lines = inPieces(new TextEncoder().encode(`${texts.join('\n')}\n`))
    const file = writtenAll(ours, records)
    const pieces = inPieces(file)
    const type = avscTypeOf(file)
    const blocks = blocksOf(file)
    const json = Ndjson.of(FineTune)
    const half = 512 * 1024
    const encodeAll = (all: ReadonlyArray<unknown>): number => {
      let n = 0
      for (const block of encodedBy(type, all, half)) n += deflateRawSync(block).length
      return n
    }
    const decodeAll = (made: (record: FineTune) => unknown): number => {
      let n = 0
      for (const { count, bytes } of blocks) {
        const block = inflateRawSync(bytes)
        for (let i = 0, at = 0; i < count; i++) {
          const { value, offset } = type.decode(block, at)
          at = offset
          if (made(value as FineTune) !== undefined) n++
        }
      }
      return n
    }
    const encode = interleave(
      {
        'avsc encode': () => encodeAll(records),
        [dropless]: () => encodeAll(records.map(keptForAvsc)),
        'Avro writer': writing(ours, records),
        'NDJSON writer': writing(json, records),
      },
      { base: 'avsc encode', ...setting },
    )
    const decode = interleave(
      {
        'avsc decode': () => decodeAll(record => record),
        [dropless]: () => decodeAll(restoredFromAvsc),
        'Avro reader': reading(ours, pieces),
        'NDJSON reader': reading(json, lines),
      },
      { base: 'avsc decode', ...setting },
    )
    return {
      figures: [...figuresOf(encode), ...figuresOf(decode)],
      goals: [
        goalOf('encode, of avsc', encode, 'Avro writer', 0.9),
        goalOf('decode, of avsc', decode, 'Avro reader', 0.9),
        droplessGoal('encode', encode, 'Avro writer'),
        droplessGoal('decode', decode, 'Avro reader'),
      ],
      note: `${note}; it is spared its streams, and given the blocks as they are; NDJSON is not compressed`,
    }
  },
}

export const avroRows: ReadonlyArray<Row> = [valueRow, fileRow]
