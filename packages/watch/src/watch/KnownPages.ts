import { hash } from 'node:crypto'
import type { Store, StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type { KnownItems } from '../follow/KnownItems.ts'

/** The last page of each watch that was known whole, so that the next poll need not ask for it. */
export interface KnownPages {
  /** Returns which items are known, and a function that remembers the first page after a commit. */
  readonly of: (
    watch: number,
    runId: string,
  ) => { readonly known: KnownItems<StoreError>; readonly remember: () => void }
}

/** Pages are remembered as hashes, in about 100 bytes each. */
const maxPages = 200_000

export const knownPages = (store: Store): KnownPages => {
  const pages = new Map<number, string>()
  return {
    of: (watch, runId) => {
      let first: string | undefined
      return {
        known: ids => {
          const page = hash('sha1', ids.join('\n'), 'base64')
          first ??= page
          return pages.get(watch) === page ? Effect.succeed(new Set(ids)) : store.knownItems(runId, ids)
        },
        remember: () => {
          if (first === undefined) return
          if (pages.size >= maxPages) pages.clear()
          pages.set(watch, first)
        },
      }
    },
  }
}
