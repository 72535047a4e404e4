import type { MarkupOptions } from '../RenderOptions.ts'
import { escapeHtml } from './escapeHtml.ts'
import type { Change } from './narrative/RunChange.ts'
import { redact } from '../redact.ts'
import { type Piece, sentence } from './changeSentence.ts'

/**
 * Draws changes as HTML for any page, even under a strict content security policy: no script, no
 * style, a class for each kind of change. Every text of a record is escaped, keys too.
 *
 * @example
 * const changes = Change.of(t.type({ owner: t.string }))({ owner: '<b>' }, { owner: '' })
 * changeHtml(changes) // => <ul class="changes">
 * // <li class="change Replaced"><b>owner</b>: <del>&quot;&lt;b&gt;&quot;</del> → <ins>&quot;&quot;</ins></li>
 * // </ul>
 */
export const changeHtml = (changes: ReadonlyArray<Change>, options: MarkupOptions = {}): string => {
  const shown = options.redacted === true ? redact({ changes, ...options }) : { changes, ...options }
  const items = shown.changes.map(
    change => `<li class="change ${change._tag}">${sentence(change).pieces.map(write).join('')}</li>`,
  )
  return [
    ...(shown.title === undefined ? [] : [`<h3>${escapeHtml(shown.title)}</h3>`]),
    ...(items.length === 0
      ? ['<p class="changes">Nothing changed.</p>']
      : ['<ul class="changes">', ...items, '</ul>']),
  ].join('\n')
}

const write = (piece: Piece): string => {
  if (typeof piece === 'string') return escapeHtml(piece)
  if ('name' in piece) return `<b>${escapeHtml(piece.name)}</b>`
  if ('was' in piece) return `<del>${escapeHtml(piece.was)}</del>`
  return 'now' in piece ? `<ins>${escapeHtml(piece.now)}</ins>` : `<code>${escapeHtml(piece.value)}</code>`
}
