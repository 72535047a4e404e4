import * as t from 'io-ts'
import { byKey, peerOf } from './peer.ts'

/** The same codec in plain io-ts: intersections of `type` and `partial`, refinements. */
export const plain = peerOf<t.Any>('plain io-ts', {
  null: t.null,
  boolean: t.boolean,
  finite: t.refinement(t.number, n => Number.isFinite(n), 'finite'),
  integer: t.refinement(t.number, n => Number.isSafeInteger(n), 'integer'),
  string: t.string,
  array: item => t.array(item),
  union: members => t.union(members as [t.Any, t.Any]),
  struct: (fields, name) => {
    const required = t.type(
      byKey(
        fields.filter(f => !f.optional),
        f => f.value,
      ),
      name,
    )
    const optional = fields.filter(f => f.optional)
    return optional.length === 0
      ? required
      : t.intersection([required, t.partial(byKey(optional, f => f.value))], name)
  },
})
