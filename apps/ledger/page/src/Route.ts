import { useSyncExternalStore } from 'react'

/** The view: the table of runs, or one run with the two snapshots to compare, if chosen. */
export type Route =
  | { readonly _tag: 'Runs' }
  | { readonly _tag: 'Run'; readonly run: string; readonly from?: number; readonly to?: number }

/** The route as a link. Law: `route(link(r)) = r`. */
export const link = (route: Route): string =>
  route._tag === 'Runs'
    ? '#/'
    : `#/runs/${encodeURIComponent(route.run)}${route.from === undefined ? '' : `/${route.from}/${route.to}`}`

/** The route of a link; the table of runs for any other text. */
export const route = (hash: string): Route => {
  const [, run, from, to] = /^#\/runs\/([^/]+)(?:\/(\d{1,9})\/(\d{1,9}))?$/.exec(hash) ?? []
  const name = run === undefined ? undefined : decoded(run)
  if (name === undefined) return { _tag: 'Runs' }
  return from === undefined
    ? { _tag: 'Run', run: name }
    : { _tag: 'Run', run: name, from: Number(from), to: Number(to) }
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const subscribe = (changed: () => void) => {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

/** The route in the address bar. */
export const useRoute = (): Route => route(useSyncExternalStore(subscribe, () => location.hash))

/** Navigates at once: the browser's event comes later, and would show the old choice meanwhile. */
export const go = (to: Route): void => {
  location.hash = link(to)
  dispatchEvent(new HashChangeEvent('hashchange'))
}
