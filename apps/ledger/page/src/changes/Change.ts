import { type Delta, FieldPath, JsonPointer } from '@finetune-kit/diff'
import type * as t from 'io-ts'
import * as View from '../View.ts'

/** A change of one field. Consecutive additions to one list are one change. */
export interface Change {
  readonly op: Delta.Operation['op'] | 'append'
  /** The titles of the fields on the path. */
  readonly title: string
  readonly path: string
  readonly view: View.View
  readonly from: string | undefined
  readonly was: unknown
  /** The new value, or the items added to the list. */
  readonly value: unknown
}

/** Names the changes of a delta and picks a view for each, both from the codec. */
export const of = (codec: t.Any) => {
  const nameOf = FieldPath.of(codec)
  const viewOf = View.at(View.of(codec))
  return (delta: Delta.Delta): ReadonlyArray<Change> => {
    const changes: Array<Change> = []
    for (const operation of delta) {
      const { op, path } = operation
      const value = 'value' in operation ? operation.value : undefined
      const tokens = tokensOf(path)
      const list = path.slice(0, path.lastIndexOf('/'))
      const last = changes.at(-1)
      const place = (pointer: string, tokens: JsonPointer.Tokens, item?: unknown) => ({
        title: nameOf(pointer, undefined, item).names.join(', ') || 'The record',
        path: pointer,
        view: viewOf(tokens),
      })
      if (op === 'add' && viewOf(tokens.slice(0, -1)).kind === 'list') {
        if (last?.op === 'append' && last.path === list && Array.isArray(last.value)) last.value.push(value)
        else
          changes.push({
            ...place(list, tokens.slice(0, -1)),
            op: 'append',
            from: undefined,
            was: undefined,
            value: [value],
          })
      } else {
        const was = 'was' in operation ? operation.was : undefined
        const from = 'from' in operation ? operation.from : undefined
        changes.push({ ...place(path, tokens, op === 'remove' ? was : undefined), op, from, was, value })
      }
    }
    return changes
  }
}

const tokensOf = (pointer: string): JsonPointer.Tokens => {
  const tokens = JsonPointer.parse(pointer)
  return tokens._tag === 'Right' ? tokens.right : [pointer]
}
