import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw } from '@finetune-kit/codec'
import { decodeAll, type ReaderOptions } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as t from 'io-ts'
import { duckdbOfTests } from '../../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()

export { folder }

/** A file that DuckDB writes. */
export const byDuckdb = async (select: string, options = ''): Promise<Uint8Array> => {
  const file = join(folder, 'file.parquet')
  await connection().run(`copy (${select}) to '${file}' (format parquet${options})`)
  return Uint8Array.from(readFileSync(file))
}

export const read = (bytes: Uint8Array, codec: t.Mixed = t.unknown, options?: ReaderOptions) =>
  decodeAll(
    Parquet.of(codec),
    options,
  )(bytes).map(item => (item._tag === 'Record' ? item.value : draw(item.error)))
