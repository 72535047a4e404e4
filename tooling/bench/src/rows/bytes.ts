import { zstdCompressSync } from 'node:zlib'
import { FineTune } from '@finetune-kit/model'
import { Ndjson } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { Packr } from 'msgpackr'
import { avscTypeOf, encodedBy } from '../peers/avsc.ts'
import { writtenAll } from '../pass.ts'
import { parsed, recordTexts } from '../records.ts'
import type { Goal, Row } from '../Row.ts'

const count = 10_000

const atMost = (what: string, measured: number, target: number): Goal => ({
  what,
  measured,
  unit: 'bytes',
  target,
  atMost: true,
})

export const bytesRow: Row = {
  name: 'bytes',
  title: 'bytes a record, 10,000 of them, zstd',
  run: () => {
    const records = parsed(recordTexts(count)) as ReadonlyArray<FineTune>
    const compact = { compact: true }
    const avro = writtenAll(Avro.of(FineTune), records, compact)
    const type = avscTypeOf(avro)
    const size = {
      'NDJSON + zstd': zstdCompressSync(writtenAll(Ndjson.of(FineTune), records)),
      'MessagePack + zstd': zstdCompressSync(writtenAll(MessagePack.of(FineTune), records)),
      'Avro compact': avro,
      'Parquet compact': writtenAll(Parquet.of(FineTune), records, compact),
      'msgpackr records + zstd': zstdCompressSync(new Packr({ useRecords: true }).pack(records)),
      'avsc + zstd': zstdCompressSync(Buffer.concat([...encodedBy(type, records, count * 4096)])),
    }
    const each = new Map(Object.entries(size).map(([name, bytes]) => [name, bytes.length / count]))
    const of = (name: keyof typeof size) => each.get(name) as number
    return {
      figures: [...each]
        .toSorted(([, a], [, b]) => a - b)
        .map(([name, n]) => [
          name,
          `${n.toFixed(1)} bytes, ${(n / of('NDJSON + zstd')).toFixed(2)} of NDJSON`,
        ]),
      goals: [atMost('Parquet', of('Parquet compact'), 225), atMost('Avro', of('Avro compact'), 255)],
      note: `the targets were set beside an NDJSON of 296 bytes; these records are others, so compare with the NDJSON of this run (${of('NDJSON + zstd').toFixed(0)})`,
    }
  },
}
