import { redact } from '../redact.ts'
import type { MarkupOptions } from '../RenderOptions.ts'
import type { RunComparison } from './compareRuns.ts'
import { cellsOf, headings } from './comparisonGrid.ts'
import { cell, code } from './markdown.ts'

/**
 * Draws a comparison as a table of GitHub-flavoured Markdown. Fields that differ and the best
 * values are bold. As safe as `changeMarkdown`.
 */
export const comparisonMarkdown = (comparison: RunComparison, options: MarkupOptions = {}): string => {
  const shown = options.redacted === true ? redact({ comparison, ...options }) : { comparison, ...options }
  const { rows, runs } = shown.comparison
  return [
    ...(shown.title === undefined ? [] : [`### ${code(shown.title)}`, '']),
    line(['', ...headings(shown.comparison).map(cell)]),
    line(['---', ...runs.map(() => '---')]),
    ...rows.map(row =>
      line([
        bold(cell(row.label), row.differs),
        ...cellsOf(row).map(({ text, isBest }) => (text === '' ? '' : bold(cell(text), isBest))),
      ]),
    ),
  ].join('\n')
}

const bold = (text: string, isBold: boolean): string => (isBold ? `**${text}**` : text)

const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`
