import { lint } from './lint.ts'
import * as RecordKind from './RecordKind.ts'
import type { Run } from './run/Run.ts'
import type { Warning } from './Warning.ts'

/** Returns what is odd about a record that is a run; nothing for records of other kinds. */
export const lintRecord = (record: unknown): ReadonlyArray<Warning> => {
  const kind = RecordKind.detect(record)
  return kind._tag === 'Right' && kind.right.isRun ? lint(record as Run) : []
}
