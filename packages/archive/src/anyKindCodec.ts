import { RecordKind } from '@finetune-kit/model'
import { EventStream, type Format, Json, MessagePack, Ndjson } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import type { Input } from './Input.ts'

/** The codec of a kind that is used: of what is really seen, or of what the documentation says. */
export type Reading = 'codec' | 'contract'

/** Records of any kind: each is decoded by the kind that it is detected to be. */
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

/**
 * Formats whose records name their own fields. In all others, such as tables, the records of an
 * input are of one kind.
 */
const selfDescribing: ReadonlySet<Format> = new Set([Json, MessagePack, Ndjson, EventStream])

/**
 * The codec for the records of an input: of its kind where the format asks for one, else of each
 * record's.
 */
export const codecForInput = (
  { format, kind }: Pick<Input, 'format' | 'kind'>,
  reading: Reading = 'codec',
): t.Type<unknown> =>
  selfDescribing.has(format) ? anyKindCodec(reading) : (kind?.[reading] ?? anyKindCodec(reading))
