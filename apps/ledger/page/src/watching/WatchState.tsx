import type { Watch } from '../../../src/api/watches.ts'
import { State } from '../CellValue.tsx'

/** A pause with a reason is a fault; one that the reader made is none. */
const toneOf = ({ state, fault }: Watch): string => {
  if (state === 'active') return fault === null ? 'succeeded' : 'warn'
  return state === 'paused' && fault !== null ? 'failed' : state
}

const words: Readonly<Record<string, string>> = { active: 'watching' }

/** The state of a watch as a badge. */
export const WatchState = ({ watch }: { readonly watch: Watch }) => (
  <State word={words[watch.state] ?? watch.state} tone={toneOf(watch)} />
)
