import { Eq, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { JsonPointer } from './JsonPointer.ts'

export const Json: t.Type<unknown> = t.refinement(
  t.unknown,
  (value): boolean => value !== undefined,
  'JSON value',
)

/** A value is put where there was none: under a key, or into a list, whose later items make room. */
export const Add = record('Add', { op: t.literal('add'), path: JsonPointer, value: Json })
export interface Add extends t.TypeOf<typeof Add> {}

/** A value is taken away. */
export const Remove = record('Remove', {
  op: t.literal('remove'),
  path: JsonPointer,
  /** What was taken away. */
  was: Json,
})
export interface Remove extends t.TypeOf<typeof Remove> {}

/** A value is put in the place of another. */
export const Replace = record('Replace', {
  op: t.literal('replace'),
  path: JsonPointer,
  /** What was there before. */
  was: Json,
  value: Json,
})
export interface Replace extends t.TypeOf<typeof Replace> {}

/** An item is taken out of its list and put in elsewhere; `path` holds once it is out. */
export const Move = record('Move', { op: t.literal('move'), from: JsonPointer, path: JsonPointer })
export interface Move extends t.TypeOf<typeof Move> {}

/** One operation of RFC 6902 with the value that it replaces, so that it can be undone. */
export const Operation = t.union([Add, Remove, Replace, Move], 'Operation')
export type Operation = Add | Remove | Replace | Move

const { equals } = Eq.of(t.unknown)

/** The operation that undoes this one. */
export const reverse = (operation: Operation): Operation => {
  const { path } = operation
  switch (operation.op) {
    case 'add':
      return { op: 'remove', path, was: operation.value }
    case 'remove':
      return { op: 'add', path, value: operation.was }
    case 'replace':
      return { op: 'replace', path, was: operation.value, value: operation.was }
    default:
      return { op: 'move', from: path, path: operation.from }
  }
}

/**
 * Two operations, one right after the other, as one if that can be: none when together they do nothing. Joining is
 * associative, so a sequence of operations has one shortest form.
 */
export const join = (first: Operation, second: Operation): ReadonlyArray<Operation> => {
  const both = [first, second]
  const { path } = first
  if (first.op === 'move' || second.op === 'move') {
    if (first.op !== 'move' || second.op !== 'move' || path !== second.from) return both
    return first.from === second.path ? [] : [{ op: 'move', from: first.from, path: second.path }]
  }
  if (path !== second.path) return both
  if (first.op === 'remove') {
    if (second.op !== 'add') return both
    if (equals(first.was, second.value)) return []
    return [{ op: 'replace', path, was: first.was, value: second.value }]
  }
  if (second.op === 'add' || !equals(first.value, second.was)) return both
  if (first.op === 'add') return second.op === 'remove' ? [] : [{ op: 'add', path, value: second.value }]
  if (second.op === 'remove') return [{ op: 'remove', path, was: first.was }]
  if (equals(first.was, second.value)) return []
  return [{ op: 'replace', path, was: first.was, value: second.value }]
}
