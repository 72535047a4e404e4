import { redact } from '../redact.ts'
import type { MarkupOptions } from '../RenderOptions.ts'
import type { RunComparison } from './compareRuns.ts'
import { cellsOf, headings } from './comparisonGrid.ts'
import { escapeHtml } from './escapeHtml.ts'

/**
 * Draws a comparison as an HTML table without script or style, for any page. Rows that differ have
 * the class `differs`, the best values `best`, numbers `number`. Every text is escaped.
 */
export const comparisonHtml = (comparison: RunComparison, options: MarkupOptions = {}): string => {
  const shown = options.redacted === true ? redact({ comparison, ...options }) : { comparison, ...options }
  const heads = headings(shown.comparison).map(name => `<th scope="col">${escapeHtml(name)}</th>`)
  const rows = shown.comparison.rows.map(row => {
    const cells = cellsOf(row).map(({ text, isNumber, isBest }) => {
      const names = [...(isNumber ? ['number'] : []), ...(isBest ? ['best'] : [])]
      return `<td${names.length === 0 ? '' : ` class="${names.join(' ')}"`}>${escapeHtml(text)}</td>`
    })
    const kind = row.differs ? ' class="differs"' : ''
    return `<tr${kind}><th scope="row">${escapeHtml(row.label)}</th>${cells.join('')}</tr>`
  })
  return [
    '<table class="comparison">',
    ...(shown.title === undefined ? [] : [`<caption>${escapeHtml(shown.title)}</caption>`]),
    `<tr><td></td>${heads.join('')}</tr>`,
    ...rows,
    '</table>',
  ].join('\n')
}
