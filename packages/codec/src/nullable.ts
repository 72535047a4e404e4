import * as t from 'io-ts'

/** The codec, or `null`: a field that is present and has no value yet. */
// @__NO_SIDE_EFFECTS__
export const nullable = <C extends t.Mixed>(codec: C): t.UnionC<[C, t.NullC]> =>
  t.union([codec, t.null], `${codec.name} or null`)
