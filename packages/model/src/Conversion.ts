import type { Issue } from '@finetune-kit/codec'

/** A place in a record, and what happened to what stands there. */
export interface ConversionNote {
  readonly path: Issue['path']
  readonly reason: string
}

/** A record that was made from one of another kind, and what the two kinds do not share. */
export interface Conversion<A> {
  readonly value: A
  /** What stood in the source and stands nowhere in the value: paths of the source. */
  readonly lost: ReadonlyArray<ConversionNote>
  /** What stands in the value in other words than in the source, or without one: paths of the value. */
  readonly changed: ReadonlyArray<ConversionNote>
}

/** The note, when it applies. */
export const noteWhen = (
  applies: boolean,
  path: Issue['path'],
  reason: string,
): ReadonlyArray<ConversionNote> => (applies ? [{ path, reason }] : [])

/** A note on each key of an object that says something. */
export const notesOn = (
  object: object | null | undefined,
  path: Issue['path'],
  reason: string,
): ReadonlyArray<ConversionNote> =>
  Object.entries(object ?? {}).flatMap(([key, value]) =>
    noteWhen(value !== null && value !== undefined, [...path, key], reason),
  )
