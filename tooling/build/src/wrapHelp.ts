import { stripVTControlCharacters } from 'node:util'

/** The longest line of a help: what is built for `--help` does not know the terminal. */
export const helpWidth = 100

/**
 * The help with its long lines broken between words. The rest of a line stands under its last
 * column, or under its beginning if there is little room.
 */
export const wrapHelp = (help: string, width: number): string =>
  help
    .split('\n')
    .flatMap(line => (lengthOf(line) <= width ? [line] : wrapLine(line, width)))
    .join('\n')

const wrapLine = (line: string, width: number): ReadonlyArray<string> => {
  const plain = stripVTControlCharacters(line)
  const [indent = '', column = indent] = /^( *)\S/.test(plain) ? columnsOf(plain) : []
  const hang = column.length <= width / 2 ? column : `${indent}    `
  const lines: Array<string> = []
  let at = ''
  for (const word of line.match(/\s*\S+/g) ?? []) {
    if (lengthOf(at) > hang.length && lengthOf(at + word) > width) {
      lines.push(at)
      at = hang + word.trimStart()
    } else at += word
  }
  return [...lines, at]
}

/** Spaces up to the beginning of a line, and up to its description. */
const columnsOf = (line: string): ReadonlyArray<string> => {
  const [indent = ''] = /^ */.exec(line) ?? []
  const [, before] = /^( *\S.*? {2,})\S/.exec(line) ?? []
  return before === undefined ? [indent] : [indent, ' '.repeat(before.length)]
}

const lengthOf = (text: string): number => stripVTControlCharacters(text).length
