import type { Position } from '@finetune-kit/codec'

export const start: Position = { offset: 0, line: 1, column: 1 }

/**
 * The positions of these indexes (in UTF-16 units) of a text that starts at `base`, in one pass.
 * Lines end with LF, CR LF or CR; columns count Unicode characters; a lone surrogate counts three
 * bytes.
 */
export const positionsAt = (
  text: string,
  indices: ReadonlyArray<number>,
  base: Position = start,
): ReadonlyMap<number, Position> => {
  const found = new Map<number, Position>()
  let { offset, line, column } = base
  let i = 0
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    while (i < index && i < text.length) {
      const c = text.codePointAt(i) as number
      if (c === 0x0a || (c === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) {
        line++
        column = 1
      } else column++
      offset += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4
      i += c < 0x10000 ? 1 : 2
    }
    found.set(index, { ...base, offset, line, column })
  }
  return found
}

/** The position of one index. */
export const positionAt = (text: string, index: number, base: Position = start): Position =>
  positionsAt(text, [index], base).get(index) as Position
