import type { MarkupOptions } from './story/changeMarkdown.ts'
import { escapeHtml } from './html.ts'
import { redact } from './redact.ts'
import type { Row } from './sideBySide.ts'
import { type Part, wordDiff } from './wordDiff.ts'

/** Rows as an HTML table, its words marked by `<del>` and `<ins>`. As safe as `changeHtml`. */
export const sideBySideHtml = (rows: ReadonlyArray<Row>, options: MarkupOptions = {}): string => {
  const shown = options.redacted === true ? redact({ rows, ...options }) : { rows, ...options }
  return [
    '<table class="side-by-side">',
    ...(shown.title === undefined ? [] : [`<caption>${escapeHtml(shown.title)}</caption>`]),
    ...shown.rows.map(row => `<tr><th scope="row">${escapeHtml(row.label)}</th>${cells(row)}</tr>`),
    '</table>',
  ].join('\n')
}

const cells = ({ left, right }: Row): string => {
  if (left === null || right === null || left === right)
    return `<td>${cell(left, 'del', left !== right)}</td><td>${cell(right, 'ins', left !== right)}</td>`
  const [a, b] = wordDiff(left, right)
  return `<td>${a.map(part => drawn(part, 'del')).join('')}</td><td>${b.map(part => drawn(part, 'ins')).join('')}</td>`
}

const cell = (text: string | null, tag: 'del' | 'ins', isOwn: boolean): string =>
  text === null ? '' : drawn({ text, isOwn }, tag)

const drawn = ({ text, isOwn }: Part, tag: 'del' | 'ins'): string =>
  isOwn ? `<${tag}>${escapeHtml(text)}</${tag}>` : escapeHtml(text)
