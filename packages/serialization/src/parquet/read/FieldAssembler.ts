import type { ColumnCursor } from './ColumnCursor.ts'
import type { ReadContext } from './convertValue.ts'

/** Assembles the values of one field of the schema from its columns. */
export interface FieldAssembler {
  readonly leaves: ReadonlyArray<ColumnCursor>
  /** Returns the next value, or undefined where there is none; a JSON null is a value. */
  readonly read: () => unknown
}

export interface AssemblyContext {
  /** True if the writer marked the file's records as made for values that are no records. */
  readonly isWrapped: boolean
  readonly columns: ReadonlyMap<string, ColumnCursor>
  readonly reading: ReadContext
}
