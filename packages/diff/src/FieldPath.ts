import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { type CodecNavigator, codecNavigator, itemName } from './internal/codecNavigator.ts'
import { get, isArray, isFields } from './internal/json.ts'
import * as JsonPointer from './JsonPointer.ts'

/** A place in a record, for people. */
export interface FieldPath {
  /** Its JSON Pointer. */
  readonly path: string
  /** The titles of the fields that lead to it; an item of a list goes by its identity, else by its index. */
  readonly names: ReadonlyArray<string>
  /** Whether the codec knows everything on the way. */
  readonly known: boolean
  /** The unit of what is there. */
  readonly unit?: string
}

/**
 * The places of what a codec describes. `value` is the record that the pointer leads through, `last` what stands at its end
 * if it is not there (any more): they tell the identity of items.
 *
 * @example
 * const { names } = FieldPath.of(record('Run', { files: t.array(record('File', { size: Integer })) }))('/files/3/size')
 * names // => ['files', '3', 'size']
 */
export const of = (codec: t.Any) => {
  const root = codecNavigator(codec)
  return (path: string, value?: unknown, last?: unknown): FieldPath => {
    const parsed = JsonPointer.parse(path)
    const tokens = E.isRight(parsed) ? parsed.right : [path]
    const names: Array<string> = []
    let node: CodecNavigator | undefined = root
    let here = value
    for (const [i, token] of tokens.entries()) {
      here = i === tokens.length - 1 && last !== undefined ? last : memberOf(here, token)
      const next: CodecNavigator | undefined = node?.at(token)
      names.push(node?.isList() === true ? itemName(next, here, token) : (next?.meta.title ?? token))
      node = next
    }
    const place = { path, names, known: node !== undefined }
    return node?.meta.unit === undefined ? place : { ...place, unit: node.meta.unit }
  }
}

const memberOf = (value: unknown, token: string): unknown =>
  isArray(value) ? value[Number(token)] : isFields(value) ? get(value, token) : undefined
