import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { isPlainObject } from '@finetune-kit/codec/compile'
import { type CodecNavigator, codecNavigator, itemName } from './internal/codecNavigator.ts'
import { get, isArray } from './internal/json.ts'
import * as JsonPointer from './JsonPointer.ts'

/** The path of a value in a record, as people read it. */
export interface FieldPath {
  /** The JSON Pointer. */
  readonly path: string
  /**
   * The titles of the fields on the way. A list item goes by its identity, otherwise by its index.
   */
  readonly names: ReadonlyArray<string>
  /** True if the codec names everything on the way. */
  readonly known: boolean
  /** The unit of the value. */
  readonly unit?: string
}

/**
 * Derives the paths of a codec's values. `value` is the record that the pointer leads through;
 * `last` is the value at its end if the record no longer has it. Both tell the identity of items.
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
  isArray(value) ? value[Number(token)] : isPlainObject(value) ? get(value, token) : undefined
