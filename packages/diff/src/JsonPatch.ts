import type { Delta } from './Delta.ts'

/** An operation of RFC 6902, JavaScript Object Notation (JSON) Patch. */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string }

export type JsonPatch = ReadonlyArray<JsonPatchOperation>

/** The same changes as an RFC 6902 document: without the values that are replaced, so it cannot be reversed. */
export const ofDelta = (delta: Delta): JsonPatch =>
  delta.map(operation => {
    switch (operation.op) {
      case 'remove':
        return { op: 'remove', path: operation.path }
      case 'replace':
        return { op: 'replace', path: operation.path, value: operation.value }
      default:
        return operation
    }
  })
