/** Where a part of a text begins and ends. */
export interface Part {
  readonly from: number
  readonly to: number
}

/**
 * A text in parts that hold a document each, or none: what is read of one needs nothing of the others. A line that begins with
 * `---` begins a document and one with `...` ends it, wherever they stand: no text can have such a line in it (YAML 1.2,
 * §9.1.2, "c-forbidden"). Directives and comments before a `---` belong to the document that it begins.
 */
export const splitDocuments = (text: string): ReadonlyArray<Part> => {
  const parts: Array<Part> = []
  let from = 0
  let isOpen = false // the document of this part has begun
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at)
    const end = feed === -1 ? text.length : feed + 1
    const mark = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/.exec(text.slice(at, Math.min(end, at + 4)))?.[0]
    if (mark === '---' && isOpen) {
      parts.push({ from, to: at })
      from = at
    }
    if (mark === '...') {
      parts.push({ from, to: end })
      from = end
      isOpen = false
    } else isOpen ||= mark !== undefined || !/^(?:%|[ \t]*(?:#|\r?\n?$))/.test(text.slice(at, end))
    at = end
  }
  if (from < text.length || parts.length === 0) parts.push({ from, to: text.length })
  return parts
}
