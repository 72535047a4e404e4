import { useSyncExternalStore } from 'react'

let isPrinting = false

const subscribe = (changed: () => void) => {
  const set = ({ type }: Event) => {
    isPrinting = type === 'beforeprint'
    changed()
  }
  for (const type of ['beforeprint', 'afterprint']) addEventListener(type, set)
  return () => {
    for (const type of ['beforeprint', 'afterprint']) removeEventListener(type, set)
  }
}

/** True while the browser prints the page. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => isPrinting)
