import { code, plainWords } from './markdown.ts'
import type { Change } from './narrative/RunChange.ts'
import { redact } from '../redact.ts'
import type { MarkupOptions } from '../RenderOptions.ts'
import { type Piece, sentence } from './changeSentence.ts'

/**
 * Draws changes as GitHub-flavoured Markdown, one list item each. Text of a record is in code
 * spans: it makes no links, mentions nobody, and is no HTML.
 *
 * @example
 * const changes = Change.of(t.type({ owner: t.string }))({ owner: '@ada' }, { owner: '@bob' })
 * changeMarkdown(changes) // => - `owner`: ~~`"@ada"`~~ → `"@bob"`
 */
export const changeMarkdown = (changes: ReadonlyArray<Change>, options: MarkupOptions = {}): string => {
  const shown = options.redacted === true ? redact({ changes, ...options }) : { changes, ...options }
  const lines = shown.changes.map(change => `- ${sentence(change).pieces.map(write).join('')}`)
  const title = shown.title === undefined ? [] : [`### ${code(shown.title)}`, '']
  return [...title, ...(lines.length === 0 ? ['Nothing changed.'] : lines)].join('\n')
}

const write = (piece: Piece): string => {
  if (typeof piece === 'string') return plainWords(piece)
  if ('name' in piece) return code(piece.name)
  if ('was' in piece) return `~~${code(piece.was)}~~`
  return code('now' in piece ? piece.now : piece.value)
}
