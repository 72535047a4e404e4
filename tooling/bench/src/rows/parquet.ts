import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { FineTune } from '@finetune-kit/model'
import { Ndjson } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { interleave, interleaveAsync } from '../interleave.ts'
import { columnsOf, schemaOf } from '../peers/hyparquet.ts'
import { inPieces, reading, writing, writtenAll } from '../pass.ts'
import { parsed, recordTexts } from '../records.ts'
import { figuresOf, goalOf, type Row } from '../Row.ts'

const compressors = { ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes) }
const decompressors = { ZSTD: (bytes: Uint8Array) => Uint8Array.from(zstdDecompressSync(bytes)) }

const setting = { sample: 10, rounds: 15 }

export const parquetRow: Row = {
  name: 'parquet',
  title: 'Parquet, a file of 5,000 records in row groups of 1,000, Zstandard: beside hyparquet and NDJSON',
  run: async () => {
    const texts = recordTexts(5000)
    const records = parsed(texts) as ReadonlyArray<FineTune>
    const lines = inPieces(new TextEncoder().encode(`${texts.join('\n')}\n`))
    const ours = Parquet.of(FineTune)
    const json = Ndjson.of(FineTune)
    const bytes = writtenAll(ours, records)
    const pieces = inPieces(bytes)
    const file = Uint8Array.from(bytes).buffer
    const schema = schemaOf(file)
    const encode = interleave(
      {
        parquetWriteBuffer: () =>
          parquetWriteBuffer({
            schema,
            columnData: columnsOf(records),
            rowGroupSize: 1000,
            codec: 'ZSTD',
            compressors,
          }).byteLength,
        'Parquet writer': writing(ours, records),
        'NDJSON writer': writing(json, records),
      },
      { base: 'parquetWriteBuffer', ...setting },
    )
    const readRows = async () => {
      let n = 0
      const source = {
        byteLength: file.byteLength,
        slice: (from: number, to: number) => file.slice(from, to),
      }
      for await (const item of ours.readFrom(source)) if (item._tag === 'Record') n++
      return n
    }
    const decode = await interleaveAsync(
      {
        parquetReadObjects: async () =>
          (await parquetReadObjects({ file, compressors: decompressors })).length,
        'Parquet rows': readRows,
        'Parquet reader': reading(ours, pieces),
        'NDJSON reader': reading(json, lines),
      },
      { base: 'parquetReadObjects', ...setting },
    )
    return {
      figures: [...figuresOf(encode), ...figuresOf(decode)],
      goals: [
        goalOf('encode, of hyparquet-writer', encode, 'Parquet writer', 0.9),
        goalOf('decode, of hyparquet', decode, 'Parquet rows', 0.9),
      ],
      note: 'hyparquet-writer drops unknown keys, and is given columns that are made of the records in the measured time; hyparquet gives bigints and nulls, checks nothing and believes what a page claims; both know all their bytes, and ours takes or gives them in pieces',
    }
  },
}
