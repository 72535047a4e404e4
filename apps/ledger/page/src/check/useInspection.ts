import { useEffect, useState } from 'react'
import { inspect, type Inspection } from './inspect.ts'
import type { Source } from './openBytes.ts'

/** The state of a check. */
export type Checked =
  | { readonly _tag: 'Nothing' }
  | { readonly _tag: 'Busy' }
  | { readonly _tag: 'Refused'; readonly reason: string }
  | { readonly _tag: 'Done'; readonly inspection: Inspection }

/** Checks a source. While its text is typed, the check waits for a pause. */
export const useInspection = (source: Source | undefined): Checked => {
  const [known, setKnown] = useState<{ readonly source: Source; readonly state: Checked }>()
  useEffect(() => {
    if (source === undefined) return undefined
    const stop = new AbortController()
    const set = (state: Checked) => stop.signal.aborted || setKnown({ source, state })
    const timer = setTimeout(() => {
      inspect(source, stop.signal).then(
        result =>
          set(
            typeof result === 'string'
              ? { _tag: 'Refused', reason: result }
              : { _tag: 'Done', inspection: result },
          ),
        () => set({ _tag: 'Refused', reason: 'nothing that this page can check. Use finetune validate' }),
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [source])
  if (source === undefined) return { _tag: 'Nothing' }
  return known?.source === source ? known.state : { _tag: 'Busy' }
}

/** In milliseconds. */
const pause = 200
