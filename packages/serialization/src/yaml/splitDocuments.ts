/** The range of one document in a text. */
export interface Part {
  readonly from: number
  readonly to: number
  /** True if it has no document: comments, blank lines and a `...` at most. */
  readonly isEmpty: boolean
}

/**
 * Splits a text into parts that can be parsed independently, each with at most one document. A line
 * that starts with `---` starts a document and one with `...` ends it: no scalar can contain such a
 * line (YAML 1.2, §9.1.2, "c-forbidden"). Directives and comments before a `---` belong to its
 * document.
 */
export const splitDocuments = (text: string): ReadonlyArray<Part> => {
  const parts: Array<Part> = []
  let from = 0
  let isOpen = false // true once the document of this part has started
  let isEmpty = true
  const add = (to: number): void => {
    parts.push({ from, to, isEmpty })
    from = to
    isEmpty = true
  }
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at)
    const end = feed === -1 ? text.length : feed + 1
    const mark = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/.exec(text.slice(at, Math.min(end, at + 4)))?.[0]
    if (mark === '---' && isOpen) {
      add(at)
    }
    if (mark !== '...' && !/^[ \t]*(?:#|\r?\n?$)/.test(text.slice(at, end))) isEmpty = false
    if (mark === '...') {
      add(end)
      isOpen = false
    } else isOpen ||= mark !== undefined || !/^(?:%|[ \t]*(?:#|\r?\n?$))/.test(text.slice(at, end))
    at = end
  }
  if (from < text.length || parts.length === 0) add(text.length)
  return parts
}
