import { Eq, record, Validator } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { JsonPointer } from './JsonPointer.ts'

export const Json: t.Type<unknown> = t.refinement(
  t.unknown,
  (value): boolean => value !== undefined,
  'JSON value',
)

/** Puts a value where there was none: under a key, or into a list, whose later items make room. */
export const Add = record('Add', { op: t.literal('add'), path: JsonPointer, value: Json })
export interface Add extends t.TypeOf<typeof Add> {}

/** Removes a value. */
export const Remove = record('Remove', {
  op: t.literal('remove'),
  path: JsonPointer,
  /** The removed value. */
  was: Json,
})
export interface Remove extends t.TypeOf<typeof Remove> {}

/** Puts a value in the place of another. */
export const Replace = record('Replace', {
  op: t.literal('replace'),
  path: JsonPointer,
  /** The replaced value. */
  was: Json,
  value: Json,
})
export interface Replace extends t.TypeOf<typeof Replace> {}

/** Takes a value out and puts it in elsewhere; `path` holds after it is out. */
export const Move = record('Move', { op: t.literal('move'), from: JsonPointer, path: JsonPointer })
export interface Move extends t.TypeOf<typeof Move> {}

/** An operation of RFC 6902 with the value that it replaces, so that it can be reversed. */
export const Operation = t.union([Add, Remove, Replace, Move], 'Operation')
export type Operation = Add | Remove | Replace | Move

const { equals } = Eq.of(t.unknown)

/** True for an operation; a delta of any origin may hold anything. */
export const isOperation = Validator.of(Operation).accepts

/** Returns the operation that undoes this one. */
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
 * Joins two consecutive operations into one where possible, into none if they cancel out. Joining
 * is associative, so a sequence of operations has one shortest form.
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
