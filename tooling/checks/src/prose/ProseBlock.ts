/** One line of prose: its text without markers and code spans, and its columns (0: cannot wrap). */
export interface ProseLine {
  readonly line: number
  readonly text: string
  readonly columns: number
}

/** Lines of prose that belong together: a paragraph of Markdown, or a comment. */
export interface ProseBlock {
  readonly kind: 'doc' | 'comment' | 'markdown'
  readonly lines: ReadonlyArray<ProseLine>
}

/**
 * Reads one line of prose, given the marker it begins with (`  * `, `- `, `// `).
 * Targets of links and URLs take no columns, because they cannot wrap.
 */
export const proseLine = (line: number, source: string, marker: string): ProseLine => {
  const body = source.slice(marker.length).trimEnd()
  const withoutTargets = body.replaceAll(/\]\([^)\s]*\)/g, ']').replaceAll(/https?:\/\/[^\s)>\]]*/g, '')
  const canWrap = /\S\s+\S/.test(withoutTargets.replaceAll(/`[^`]*`/g, code => code.replaceAll(' ', '_')))
  return {
    line,
    text: withoutTargets.replaceAll(/`[^`]*`/g, '``'),
    columns: canWrap ? Array.from(marker + withoutTargets).length : 0,
  }
}
