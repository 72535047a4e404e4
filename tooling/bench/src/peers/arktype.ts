import { type Type, type } from 'arktype'
import { peerOf } from './peer.ts'

/** Keeps unknown keys and returns the same value. */
export const arktypeOf = peerOf<Type>('arktype', {
  null: type('null') as never,
  boolean: type('boolean') as never,
  finite: type('number') as never,
  integer: type(`${Number.MIN_SAFE_INTEGER} <= number.integer <= ${Number.MAX_SAFE_INTEGER}`) as never,
  string: type('string') as never,
  array: item => item.array(),
  union: members => members.reduce((a, b) => a.or(b) as never),
  struct: fields =>
    type(Object.fromEntries(fields.map(f => [f.optional ? `${f.key}?` : f.key, f.value])) as never) as never,
})
