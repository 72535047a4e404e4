import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 34rem)')

const subscribe = (changed: () => void) => {
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}

/** The view box of a chart: near the size that it is shown in, so that its text can be read. */
export const useChartSize = (): { readonly width: number; readonly height: number } =>
  useSyncExternalStore(subscribe, () => narrow.matches)
    ? { width: 330, height: 240 }
    : { width: 460, height: 270 }
