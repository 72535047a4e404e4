import type { Issue } from './DecodeError.ts'

/** A value that a format cannot hold: which part, and why. Nothing was written. */
export interface EncodeError {
  readonly _tag: 'Unencodable'
  /** The keys from the root to the part that cannot be encoded. */
  readonly path: Issue['path']
  readonly reason: string
}

export const unencodable = (path: Issue['path'], reason: string): EncodeError => ({
  _tag: 'Unencodable',
  path,
  reason,
})
