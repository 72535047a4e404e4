import type { Row } from './Row.ts'
import { avroRows } from './rows/avro.ts'
import { bytesRow } from './rows/bytes.ts'
import { canonicalRow } from './rows/canonical.ts'
import { decodeRows } from './rows/decode.ts'
import { diffRows } from './rows/diff.ts'
import { growthRow } from './rows/growth.ts'
import { appendRow, historyRow } from './rows/history.ts'
import { invalidRow } from './rows/invalid.ts'
import { loadRows } from './rows/load.ts'
import { memoryRow } from './rows/memory.ts'
import { messagePackRows } from './rows/messagePack.ts'
import { ndjsonRow } from './rows/ndjson.ts'
import { pageRow } from './rows/page.ts'
import { parquetRow } from './rows/parquet.ts'
import { processRows } from './rows/process.ts'
import { importRow } from './rows/storeImport.ts'
import { queryRow } from './rows/storeQueries.ts'
import { suiteRow } from './rows/suite.ts'
import { textRow } from './rows/text.ts'
import { threadsRow } from './rows/threads.ts'
import { scheduleRow } from './rows/schedule.ts'
import { watchRow } from './rows/watch.ts'

/** Every row, by area. */
export const rows: ReadonlyArray<Row> = [
  ...decodeRows,
  invalidRow,
  textRow,
  ...loadRows,
  ...diffRows,
  historyRow,
  appendRow,
  ndjsonRow,
  canonicalRow,
  ...messagePackRows,
  ...avroRows,
  parquetRow,
  bytesRow,
  ...processRows,
  threadsRow,
  watchRow,
  scheduleRow,
  memoryRow,
  growthRow,
  importRow,
  queryRow,
  pageRow,
  suiteRow,
]
