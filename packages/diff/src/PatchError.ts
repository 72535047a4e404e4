/** Why a patch could not be applied: nothing of it was. */
export interface PatchError {
  readonly _tag: 'PatchError'
  /** The number of the operation that failed, from 0. */
  readonly index: number
  /** The JSON Pointer it failed at. */
  readonly pointer: string
  /** What was wrong, as the end of a sentence: `there is no key "x"`. */
  readonly reason: string
}

export const patchError = (index: number, pointer: string, reason: string): PatchError => ({
  _tag: 'PatchError',
  index,
  pointer,
  reason,
})
