import { parseSync } from 'rolldown/utils'

/** A regular expression of a source, as it is written. */
export interface RegexLiteral {
  readonly line: number
  readonly regex: RegExp
}

/** The regular expression literals of a source. */
export const regexLiterals = (file: string, text: string): ReadonlyArray<RegexLiteral> => {
  const found: Array<RegexLiteral> = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if (isRegex(node)) {
      const { pattern, flags } = node.regex
      const line = text.slice(0, node.start).split('\n').length
      found.push({ line, regex: new RegExp(pattern, flags) })
    }
    for (const inner of Object.values(node)) visit(inner)
  }
  visit(parseSync(file, text).program)
  return found
}

const isRegex = (
  node: object,
): node is { readonly start: number; readonly regex: { readonly pattern: string; readonly flags: string } } =>
  'regex' in node && typeof node.regex === 'object' && node.regex !== null
