import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'

/** Asks a codec for what it decodes a value to; `undefined` when that cannot be told without its place in a value. */
type Ask = (u: unknown) => t.Validation<unknown> | undefined

/**
 * Where a predicate asks a codec whose structure is not known, there is no context yet. A codec that looks into it
 * (to build that of a field, or to decide by it) must get the real one, so it is asked once and then left to io-ts.
 */
const asking = (codec: t.Any): Ask => {
  let looked = false
  const sealed = new Proxy([], {
    get: () => {
      looked = true
      throw new Error('there is no context yet')
    },
  })
  return u => {
    if (looked) return undefined
    const result: t.Validation<unknown> = codec.validate(u, sealed)
    return looked ? undefined : result
  }
}

/** Whether a codec decodes a value to itself, and guards it. */
export const decodesToItself = (codec: t.Any): ((u: unknown) => boolean) => {
  const ask = asking(codec)
  return u => {
    const result = ask(u)
    return result !== undefined && E.isRight(result) && Object.is(result.right, u) && u === u && codec.is(u)
  }
}

/** Whether an absent optional field stays absent: its codec decodes nothing else from `undefined`. */
export const staysAbsent = (codec: t.Any): (() => boolean) => {
  const ask = asking(codec)
  return () => {
    const result = ask(undefined)
    return result !== undefined && (E.isLeft(result) || result.right === undefined)
  }
}
