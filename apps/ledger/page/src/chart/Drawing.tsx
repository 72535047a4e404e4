import type { Html, Markup } from '@finetune-kit/report'
import { createElement, type ReactNode } from 'react'

/** Draws a tree of elements. React escapes every text; ready-made HTML has no place here. */
export const Drawing = ({ markup }: { readonly markup: Markup }): ReactNode => draw(markup)

const draw = (markup: Markup | Html): ReactNode => {
  if (typeof markup === 'string') return markup
  if ('html' in markup) return null
  const { tag, attributes, children } = markup
  const props = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [reactNames[name] ?? name, value]),
  )
  // the tree has no state: its elements need no keys
  return createElement(tag, props, ...children.map(draw))
}

/** Attributes that React has another name for. */
const reactNames: Readonly<Record<string, string>> = { class: 'className', tabindex: 'tabIndex' }
