import { escapeHtml } from '@finetune-kit/diff/story'

/** A tree of elements and texts, for any renderer: text here, React in the page of the ledger. */
export type Markup = string | MarkupElement

export interface MarkupElement {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly children: ReadonlyArray<Markup | Html>
}

/** HTML that a renderer has written, with every text in it escaped. */
export interface Html {
  readonly html: string
}

/** Makes an element. */
export const element = (
  tag: string,
  attributes: MarkupElement['attributes'] = {},
  ...children: MarkupElement['children']
): MarkupElement => ({ tag, attributes, children })

const voidElements = new Set(['meta', 'br', 'hr'])

/** Writes a tree as HTML. Every text and every attribute of it is escaped. */
export const toHtml = (markup: Markup | Html): string => {
  if (typeof markup === 'string') return escapeHtml(markup)
  if ('html' in markup) return markup.html
  const { tag, attributes, children } = markup
  const written = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
    .join('')
  const end = voidElements.has(tag) ? '' : `${children.map(toHtml).join('')}</${tag}>`
  return `<${tag}${written}>${end}`
}
