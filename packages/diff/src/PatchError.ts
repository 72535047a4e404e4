/** The reason why a patch could not be applied: nothing of it was. */
export interface PatchError {
  readonly _tag: 'PatchError'
  /** The index of the operation that failed, from 0; -1 if no single operation did. */
  readonly index: number
  /** The JSON Pointer at which it failed. */
  readonly pointer: string
  /** The end of a sentence, such as `there is no key "x"`. */
  readonly reason: string
}

export const patchError = (index: number, pointer: string, reason: string): PatchError => ({
  _tag: 'PatchError',
  index,
  pointer,
  reason,
})
