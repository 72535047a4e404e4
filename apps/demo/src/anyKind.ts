import { Kind } from '@finetune-kit/model'
import * as t from 'io-ts'

/** Which of a kind's two codecs is meant: of what is really seen, or of what the documentation says. */
export type Reading = 'codec' | 'contract'

/** Records of any kind: each is judged by the kind that it looks like. */
export const anyKind = (reading: Reading = 'codec'): t.Type<unknown> =>
  new t.Type<unknown>(
    'Record',
    (u): u is unknown => {
      const kind = Kind.of(u)
      return kind._tag === 'Right' && kind.right[reading].is(u)
    },
    (u, context) => {
      const kind = Kind.of(u)
      return kind._tag === 'Left' ? t.failure(u, context, kind.left) : kind.right[reading].decode(u)
    },
    a => {
      const kind = Kind.of(a)
      return kind._tag === 'Left' ? a : kind.right[reading].encode(a)
    },
  )
