import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'

interface Props {
  readonly title: string
  /** The choice that was made, for the closed menu. */
  readonly note?: string
  readonly isActive?: boolean
  /** Opens the panel towards the begin of the line: for a button at its end. */
  readonly isAtEnd?: boolean
  readonly children: ReactNode
}

/** Pixels between a panel and the edge of the window. */
const margin = 8

/** Moves a panel that has opened back into the window, where its button is near an edge. */
const keepInWindow = (panel: HTMLElement): void => {
  panel.style.translate = ''
  const { left, right } = panel.getBoundingClientRect()
  const end = document.documentElement.clientWidth - margin
  const shift = left < margin ? margin - left : Math.min(0, end - right)
  panel.style.translate = `${shift}px`
}

/** Keeps a tap from pressing what is below the finger. */
const swallowTap = (): void => {
  const over = new AbortController()
  const options = { capture: true, signal: over.signal }
  const swallow = (event: MouseEvent): void => {
    over.abort()
    if (event.detail === 0) return // by a key: a long press makes no click
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', swallow, options)
  // the finger scrolls, or there is another tap
  for (const type of ['pointercancel', 'pointerdown']) addEventListener(type, () => over.abort(), options)
}

/**
 * A button that opens a panel. Escape, or a click outside, closes it. A tap outside does nothing
 * else, unless it is on another menu: a finger has no Escape.
 */
export const Menu = ({ title, note = '', isActive = false, isAtEnd = false, children }: Props) => {
  const ref = useRef<HTMLDetailsElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const close = (event: Event): void => {
      const target = event.target as Element
      if (ref.current?.open !== true || ref.current.contains(target)) return
      ref.current.open = false
      const isTap = event instanceof PointerEvent && event.pointerType !== 'mouse'
      if (isTap && target.closest('.menu > summary') === null) swallowTap()
    }
    addEventListener('pointerdown', close)
    addEventListener('focusin', close)
    return () => {
      removeEventListener('pointerdown', close)
      removeEventListener('focusin', close)
    }
  }, [])
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape' || ref.current?.open !== true) return
    ref.current.open = false
    ref.current.querySelector('summary')?.focus()
  }
  return (
    <details
      className={isAtEnd ? 'menu panel-end' : 'menu'}
      ref={ref}
      onKeyDown={onKeyDown}
      onToggle={() => panel.current !== null && keepInWindow(panel.current)}
    >
      <summary className="button" data-active={isActive}>
        {title}
        {note !== '' && <b>: {note}</b>}
      </summary>
      {/* takes the focus where its words are clicked: that of what is around would close the menu */}
      <div className="panel" ref={panel} tabIndex={-1}>
        {children}
      </div>
    </details>
  )
}
