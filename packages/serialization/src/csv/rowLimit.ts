import { type Malformed, malformed } from '@finetune-kit/codec'
import { positionAt } from '../bytes/positions.ts'
import { hasManyBrackets } from '../json/depth.ts'
import { nestedTooDeep, tooManyValues, walkJson } from '../json/walkJson.ts'
import type { Column } from './columns.ts'
import { type Line, name } from './TableReader.ts'

export interface RowLimits {
  readonly maxDepth: number
  readonly maxValues: number
}

const noColumns: ReadonlySet<Column> = new Set()

/**
 * The error of a record that exceeds a limit, if it does: the values in all its cells count. Found
 * before a cell is parsed, at no cost for short rows.
 *
 * @param parents - columns with the id of another row, which are no part of the record
 */
export const rowLimit = (
  lines: ReadonlyArray<Line>,
  { maxDepth, maxValues }: RowLimits,
  parents: ReadonlySet<Column> = noColumns,
): Malformed | undefined => {
  // each value takes a character, and another one before or after it; a row is one, too
  const mayHaveMany = lines.reduce((size, { text }) => size + text.length + 3, 0) >= 2 * maxValues
  if (!mayHaveMany && !lines.some(({ text }) => hasManyBrackets(text, maxDepth))) return undefined
  let values = 0
  for (const { header, cells, text, at } of lines) {
    values++
    for (const [i, cell] of cells.entries()) {
      const column = header[i] as Column
      if (parents.has(column)) continue
      let found = 0
      const count = (): void => void found++
      const isJson = column.kind === 'value' && /^[{[]/.test(cell.text)
      const rules = {
        maxDepth,
        maxValues: maxValues - values + (column.known === undefined ? 0 : 1),
        strict: false,
      }
      const flaw = isJson ? walkJson(cell.text, rules, { ...silent, open: count, scalar: count }) : undefined
      const isDeep = flaw?.reason === nestedTooDeep(maxDepth)
      // an object of unknown keys is the record itself
      const ownValues = column.known === undefined ? found : found - 1
      // a cell that is not JSON is a text
      values += isJson && flaw === undefined ? ownValues : cell.text === '' ? 0 : 1
      if (isDeep || values > maxValues || flaw?.reason === tooManyValues(rules.maxValues))
        return malformed(
          name,
          isDeep ? nestedTooDeep(maxDepth) : tooManyValues(maxValues),
          positionAt(text, cell.at, at),
        )
    }
  }
  return undefined
}

const nothing = (): void => undefined
const silent = { key: nothing, close: nothing }
