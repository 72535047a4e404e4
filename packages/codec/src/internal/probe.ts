import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'

/** Decodes a value by a codec; `undefined` when the result depends on the context. */
type Ask = (u: unknown) => t.Validation<unknown> | undefined

/**
 * Asks an opaque codec before a context exists. A codec that reads its context (to build that of a
 * field, or to decide by it) must get the real one: it is asked once and then left to io-ts.
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

/** True if a codec decodes a value to itself, and guards it. */
export const decodesToItself = (codec: t.Any): ((u: unknown) => boolean) => {
  const ask = asking(codec)
  return u => {
    const result = ask(u)
    return result !== undefined && E.isRight(result) && Object.is(result.right, u) && u === u && codec.is(u)
  }
}

/** True if an absent optional field stays absent: its codec decodes `undefined` to nothing else. */
export const staysAbsent = (codec: t.Any): (() => boolean) => {
  const ask = asking(codec)
  return () => {
    const result = ask(undefined)
    return result !== undefined && (E.isLeft(result) || result.right === undefined)
  }
}
