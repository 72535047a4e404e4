import * as t from 'io-ts'
import { once } from './internal/once.ts'

/** The codec, or `null`: a field that is present and has no value yet. */
// @__NO_SIDE_EFFECTS__
export const nullable = <C extends t.Mixed>(codec: C): t.UnionC<[C, t.NullC]> => {
  const types: [C, t.NullC] = [codec, t.null]
  const name = `${codec.name} or null`
  // io-ts looks for tags when it makes a union, which makes the fields of a record
  const union = once(() => t.union(types, name))
  return new t.UnionType(
    name,
    (u): u is t.TypeOf<C> | null => union().is(u),
    (u, c) => union().validate(u, c),
    codec.encode === t.identity ? t.identity : a => union().encode(a),
    types,
  )
}
