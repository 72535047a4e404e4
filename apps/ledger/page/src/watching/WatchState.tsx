import type { Watch } from '../../../src/api/watches.ts'
import { State } from '../CellValue.tsx'

/** A pause with a reason is a fault; one that the reader made is none. */
const toneOf = ({ state, fault }: Watch): string => {
  if (state === 'active') return fault === null ? 'succeeded' : 'warn'
  return state === 'paused' && fault !== null ? 'failed' : state
}

/** The state of a watch in the words of the page. */
export const stateWord = (state: Watch['state']): string => (state === 'active' ? 'watching' : state)

/** The state of a watch as a badge. */
export const WatchState = ({ watch }: { readonly watch: Watch }) => (
  <State word={stateWord(watch.state)} tone={toneOf(watch)} />
)
