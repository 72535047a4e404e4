/** A value is put where there was none: under a key, or into a list, whose later items make room. */
export interface Add {
  readonly op: 'add'
  /** A JSON Pointer (RFC 6901). */
  readonly path: string
  readonly value: unknown
}

/** A value is taken away. */
export interface Remove {
  readonly op: 'remove'
  readonly path: string
  /** What was taken away. */
  readonly was: unknown
}

/** A value is put in the place of another. */
export interface Replace {
  readonly op: 'replace'
  readonly path: string
  /** What was there before. */
  readonly was: unknown
  readonly value: unknown
}

/** An item is taken out of its list and put in elsewhere; `path` holds once it is out. */
export interface Move {
  readonly op: 'move'
  readonly from: string
  readonly path: string
}

/** One operation of RFC 6902 with the value that it replaces, so that it can be undone. */
export type Operation = Add | Remove | Replace | Move

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
