import { useSyncExternalStore } from 'react'

let now = Date.now() / 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

const tick = (): void => {
  now = Date.now() / 1000
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  if (timer === undefined) {
    tick() // it stood still while nothing showed it
    timer = setInterval(tick, 1000)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Unix seconds, updated each second: one clock for all that shows it. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)
