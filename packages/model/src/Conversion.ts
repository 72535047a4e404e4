import type { Issue } from '@finetune-kit/codec'

/** The path of a value, and the reason why it was lost or changed. */
export interface ConversionNote {
  readonly path: Issue['path']
  readonly reason: string
}

/** A record converted from one of another kind, and what the two kinds do not share. */
export interface Conversion<A> {
  readonly value: A
  /** Values of the source that are not in the result: paths of the source. */
  readonly lost: ReadonlyArray<ConversionNote>
  /** Values that differ from the source, or have none there: paths of the result. */
  readonly changed: ReadonlyArray<ConversionNote>
}

/** The note, if it applies. */
export const noteWhen = (
  applies: boolean,
  path: Issue['path'],
  reason: string,
): ReadonlyArray<ConversionNote> => (applies ? [{ path, reason }] : [])

/** A note on each key of an object whose value is not null. */
export const notesOn = (
  object: object | null | undefined,
  path: Issue['path'],
  reason: string,
): ReadonlyArray<ConversionNote> =>
  Object.entries(object ?? {}).flatMap(([key, value]) =>
    noteWhen(value !== null && value !== undefined, [...path, key], reason),
  )
