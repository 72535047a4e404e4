import * as z from 'zod'
import { byKey, peerOf } from './peer.ts'

/** Keeps unknown keys; returns a copy. */
export const zodOf = peerOf<z.ZodType>('zod', {
  null: z.null(),
  boolean: z.boolean(),
  finite: z.number(),
  integer: z.int(),
  string: z.string(),
  array: item => z.array(item),
  union: members => z.union(members as never),
  struct: fields => z.looseObject(byKey(fields, f => (f.optional ? f.value.optional() : f.value))),
})
