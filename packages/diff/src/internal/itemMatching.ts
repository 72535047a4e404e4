import { Eq, Identity } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { structuralKey } from './structuralKey.ts'
import type { Matching } from './alignLists.ts'

/**
 * Derives the matching of list items: by the key of their identity, otherwise by their whole value.
 */
export const itemMatching = (codec: t.Any): Matching<unknown> => {
  const { equals } = Eq.of(codec)
  const identity = Identity.of(codec)
  if (identity.by !== 'key') return { same: equals, key: structuralKey }
  const idOf = (item: unknown): unknown => {
    const id = identity.idOf(item)
    return typeof id === 'string' || typeof id === 'number' ? id : undefined
  }
  return {
    same: (x, y) => {
      const id = idOf(x)
      return id === undefined ? equals(x, y) : id === idOf(y)
    },
    key: item => idOf(item) ?? structuralKey(item),
  }
}
