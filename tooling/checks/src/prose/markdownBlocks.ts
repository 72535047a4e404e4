import { type ProseBlock, type ProseLine, proseLine } from './ProseBlock.ts'

/** Paragraphs of a Markdown text. Front matter, code, HTML and table rows are not prose. */
export const markdownBlocks = (text: string): ReadonlyArray<ProseBlock> => {
  const blocks: Array<ProseBlock> = []
  let lines: Array<ProseLine> = []
  let fence: string | undefined
  let inList = false
  const source = text.split('\n')
  const end = () => {
    if (lines.length > 0) blocks.push({ kind: 'markdown', lines })
    lines = []
  }
  for (let i = frontMatter(source); i < source.length; i++) {
    const line = source[i] ?? ''
    const [, mark] = /^[\s>]*(```+|~~~+)/.exec(line) ?? []
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined
    } else if (mark !== undefined) {
      end()
      fence = mark
    } else if (line.trim() === '') end()
    else if (lines.length === 0 && !inList && /^( {4}|\t)/.test(line)) continue
    else if (/^\s*([|<]|\[[^\]]+\]:)/.test(line)) end()
    else {
      const [marker = ''] = /^[\s>]*(?:(?:[-*+]|\d+[.)]|#+) +)?/.exec(line) ?? []
      if (/\S/.test(marker)) end()
      inList = /[-*+.)] +$/.test(marker) || (inList && /^\s/.test(line))
      lines.push(proseLine(i + 1, line, marker))
    }
  }
  end()
  return blocks
}

/** Number of lines that a changeset's front matter takes. */
const frontMatter = (source: ReadonlyArray<string>): number =>
  source[0] === '---' ? source.indexOf('---', 1) + 1 : 0
