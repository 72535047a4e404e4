import type * as t from 'io-ts'
import { isPlainObject } from './internal/objects.ts'
import * as Meta from './Meta.ts'

/** The identity of a list's items, as `Meta.identity` states it. */
export interface Identity {
  /** `unstated`: the codec says nothing, so that lists are compared by value but not merged. */
  readonly by: 'key' | 'value' | 'unstated'
  /** The key that identifies an item, if `by` is `key`. */
  readonly key: string | undefined
  /** The value of an item's identifying key; `undefined` if the item has none. */
  readonly idOf: (item: unknown) => unknown
}

/**
 * Derives the identity of a codec's values.
 *
 * @example
 * const File = annotate(record('File', { id: t.string }), { identity: { key: 'id' } })
 * Identity.of(File).idOf({ id: 'file-1' }) // => 'file-1'
 */
export const of = (codec: t.Any): Identity => fromMeta(Meta.of(codec))

/** The identity that facts state: those of one codec, or of several that describe one value. */
export const fromMeta = ({ identity }: Meta.Meta): Identity =>
  identity === undefined ? unstated : identity === 'value' ? byValue : byKey(identity.key)

const noId = () => undefined
const unstated: Identity = { by: 'unstated', key: undefined, idOf: noId }
const byValue: Identity = { by: 'value', key: undefined, idOf: noId }

const byKey = (key: string): Identity => ({
  by: 'key',
  key,
  idOf: item => (isPlainObject(item) && Object.hasOwn(item, key) ? item[key] : undefined),
})
