import type { Field, View } from './View.ts'

/** An operation of a delta, as the server sends it. */
export interface Operation {
  readonly op: string
  readonly path: string
  readonly from?: string
  readonly was?: unknown
  readonly value?: unknown
}

/** What changed at one place. Items that are added to one list one after the other are one change. */
export interface Change {
  readonly op: string
  /** The place, in the words of the codec. */
  readonly title: string
  readonly path: string
  readonly view: View
  readonly from: string | undefined
  readonly was: unknown
  /** What is there now, or all items that were added to the list. */
  readonly value: unknown
}

/** The changes of a delta, named and to be shown as the fields say. */
export const of =
  (fields: ReadonlyArray<Field>) =>
  (delta: ReadonlyArray<Operation>): ReadonlyArray<Change> => {
    const changes: Array<Change> = []
    for (const operation of delta) {
      const keys = keysOf(operation.path)
      const parent = place(fields, keys.slice(0, -1))
      const last = changes.at(-1)
      if (operation.op === 'add' && parent.view.kind === 'list') {
        const path = operation.path.slice(0, operation.path.lastIndexOf('/'))
        if (last?.op === 'append' && last.path === path && Array.isArray(last.value))
          last.value.push(operation.value)
        else
          changes.push({
            ...parent,
            op: 'append',
            path,
            from: undefined,
            was: undefined,
            value: [operation.value],
          })
      } else {
        const { op, path, from, was, value } = operation
        changes.push({ ...place(fields, keys), op, path, from, was, value })
      }
    }
    return changes
  }

const keysOf = (pointer: string): ReadonlyArray<string> =>
  pointer
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))

const any: View = { kind: 'any' }

const place = (fields: ReadonlyArray<Field>, keys: ReadonlyArray<string>) => {
  let view: View = { kind: 'record', fields }
  const titles: Array<string> = []
  for (const key of keys) {
    const field: Field | undefined =
      view.kind === 'record' ? view.fields.find(field => field.key === key) : undefined
    titles.push(field?.title ?? (view.kind === 'list' ? `item ${Number(key) + 1}` : key))
    view = field?.view ?? (view.kind === 'list' ? view.item : any)
  }
  return { title: titles.join(', ') || 'The record', view }
}
