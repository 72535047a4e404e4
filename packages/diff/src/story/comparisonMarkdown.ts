import type { MarkupOptions } from '../RenderOptions.ts'
import type { RunComparison } from './compareRuns.ts'
import { cell, code } from './markdown.ts'
import { redact } from '../redact.ts'

/** A comparison as a table of GitHub-flavoured Markdown, rows that differ in bold. As safe as `changeMarkdown`. */
export const comparisonMarkdown = (comparison: RunComparison, options: MarkupOptions = {}): string => {
  const { title, runs, rows } =
    options.redacted === true ? redact({ ...comparison, ...options }) : { ...comparison, ...options }
  return [
    ...(title === undefined ? [] : [`### ${code(title)}`, '']),
    line(['', ...runs.map(cell)]),
    line(['---', ...runs.map(() => '---')]),
    ...rows.map(({ label, cells, differs }) =>
      line([
        differs ? `**${cell(label)}**` : cell(label),
        ...cells.map(text => (text === null ? '' : cell(text))),
      ]),
    ),
  ].join('\n')
}

const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`
