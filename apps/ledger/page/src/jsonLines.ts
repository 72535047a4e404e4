import { JsonPointer } from '@finetune-kit/diff'

/** A line of an indented JSON text. */
export interface JsonLine {
  readonly depth: number
  /** The JSON Pointer of the value that begins on the line; none where one only ends. */
  readonly path?: string
  readonly text: string
}

/** Below this depth a value is one line. */
const maxDepth = 64

/** A value as the lines of its JSON text, each with the path of its value. */
export const jsonLines = (value: unknown): ReadonlyArray<JsonLine> => {
  const lines: Array<JsonLine> = []
  const add = (here: unknown, tokens: ReadonlyArray<string>, before: string, after: string): void => {
    const depth = tokens.length
    const path = JsonPointer.print(tokens)
    const isList = Array.isArray(here)
    const items: ReadonlyArray<readonly [string, unknown]> =
      typeof here === 'object' && here !== null && depth < maxDepth ? Object.entries(here) : []
    if (items.length === 0) {
      lines.push({ depth, path, text: `${before}${JSON.stringify(here) ?? 'null'}${after}` })
      return
    }
    lines.push({ depth, path, text: `${before}${isList ? '[' : '{'}` })
    for (const [i, [key, item]] of items.entries())
      add(item, [...tokens, key], isList ? '' : `${JSON.stringify(key)}: `, i < items.length - 1 ? ',' : '')
    lines.push({ depth, text: `${isList ? ']' : '}'}${after}` })
  }
  add(value, [], '', '')
  return lines
}
