import { RecordKind } from '@finetune-kit/model'
import { EventStream, type Format, Json, MessagePack, Ndjson } from '@finetune-kit/serialization'
import * as t from 'io-ts'

/** Which of a kind's two codecs is meant: of what is really seen, or of what the documentation says. */
export type Reading = 'codec' | 'contract'

/** Records of any kind: each is judged by the kind that it looks like. */
export const anyKindCodec = (reading: Reading = 'codec'): t.Type<unknown> =>
  new t.Type<unknown>(
    'Record',
    (u): u is unknown => {
      const kind = RecordKind.detect(u)
      return kind._tag === 'Right' && kind.right[reading].is(u)
    },
    (u, context) => {
      const kind = RecordKind.detect(u)
      return kind._tag === 'Left' ? t.failure(u, context, kind.left) : kind.right[reading].decode(u)
    },
    a => {
      const kind = RecordKind.detect(a)
      return kind._tag === 'Left' ? a : kind.right[reading].encode(a)
    },
  )

/** Formats whose records say their own fields. In all others, tables for one, the codec of the whole input does. */
const free: ReadonlySet<Format> = new Set([Json, MessagePack, Ndjson, EventStream])

/** The codec for an input of records of any kind: each is judged by its own where the format lets them differ, else by that of the whole input. */
export const codecForInput =
  (reading: Reading = 'codec') =>
  (format: Format, kind: RecordKind.RecordKind | undefined): t.Type<unknown> =>
    free.has(format) ? anyKindCodec(reading) : (kind?.[reading] ?? anyKindCodec(reading))
