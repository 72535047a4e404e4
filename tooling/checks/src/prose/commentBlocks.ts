import { parseSync } from 'rolldown/utils'
import { type ProseBlock, type ProseLine, proseLine } from './ProseBlock.ts'

/** Comments of a TypeScript source. Examples and fenced code in them are not prose. */
export const commentBlocks = (file: string, text: string): ReadonlyArray<ProseBlock> => {
  const source = text.split('\n')
  const lineAt = lineNumbers(text)
  const blocks: Array<ProseBlock> = []
  let previous = { line: -1, column: -1 }
  for (const { type, start, end, value } of parseSync(file, text).comments) {
    const [line, last] = [lineAt(start), lineAt(end)]
    const column = start - (text.lastIndexOf('\n', start - 1) + 1)
    if (type === 'Line') {
      if (isDirective(value)) continue
      const marker = `${source[line - 1]?.slice(0, column) ?? ''}//${/^\/?\s*/.exec(value)?.[0] ?? ''}`
      const prose = proseLine(line, source[line - 1] ?? '', marker)
      const block = blocks.at(-1)
      const continues = previous.line === line - 1 && previous.column === column
      if (continues && block?.kind === 'comment')
        blocks[blocks.length - 1] = { kind: 'comment', lines: [...block.lines, prose] }
      else blocks.push({ kind: 'comment', lines: [prose] })
      previous = { line, column }
    } else {
      const lines = blockLines(source.slice(line - 1, last), line, column)
      if (lines.length > 0) blocks.push({ kind: value.startsWith('*') ? 'doc' : 'comment', lines })
    }
  }
  return blocks
}

/** True for a comment that a tool reads: it has to stand on one line. */
const isDirective = (comment: string): boolean =>
  /^\/?\s*(oxlint-|biome-ignore|eslint-|@ts-|@vitest-|#region|#endregion|<reference)/.test(comment)

const blockLines = (
  source: ReadonlyArray<string>,
  first: number,
  column: number,
): ReadonlyArray<ProseLine> => {
  const lines: Array<ProseLine> = []
  let inCode = false
  for (const [i, raw] of source.entries()) {
    const line = i === source.length - 1 ? raw.replace(/\s*\*\/.*$/, '') : raw
    const marker = i === 0 ? (/^\/\*+\s*/.exec(line.slice(column))?.[0] ?? '') : ''
    const before = i === 0 ? line.slice(0, column) + marker : (/^\s*\*? ?\s*(?:- )?/.exec(line)?.[0] ?? '')
    const body = line.slice(before.length)
    if (body.startsWith('```')) inCode = !inCode
    else if (body.startsWith('@')) inCode = body.startsWith('@example')
    else if (inCode || body.startsWith('|')) continue
    if (!inCode && body !== '' && !body.startsWith('```')) lines.push(proseLine(first + i, line, before))
  }
  return lines
}

/** The line of an offset, counted from 1. Offsets are asked for in ascending order. */
const lineNumbers = (text: string) => {
  let line = 1
  let at = 0
  return (offset: number): number => {
    for (let next = text.indexOf('\n', at); next !== -1 && next < offset; next = text.indexOf('\n', at)) {
      line++
      at = next + 1
    }
    return line
  }
}
