import type { Row } from './Row.ts'
import { decodeRows } from './rows/decode.ts'
import { diffRows } from './rows/diff.ts'
import { formatRows } from './rows/formats.ts'
import { historyRow } from './rows/history.ts'
import { invalidRow } from './rows/invalid.ts'
import { loadRows } from './rows/load.ts'
import { textRow } from './rows/text.ts'

/** Every row, by area. */
export const rows: ReadonlyArray<Row> = [
  ...decodeRows,
  invalidRow,
  textRow,
  ...loadRows,
  ...diffRows,
  historyRow,
  ...formatRows,
]
