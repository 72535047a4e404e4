import { element, type Html, type MarkupElement } from '../markup/Markup.ts'

/** Something wide that scrolls on its own, by keyboard too. */
export const scrollable = (label: string, content: MarkupElement | Html): MarkupElement =>
  element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, content)
