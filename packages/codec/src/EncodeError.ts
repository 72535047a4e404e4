import type { Issue } from './DecodeError.ts'

/** A format cannot hold this value: which part of it, and why. Nothing was written. */
export interface EncodeError {
  readonly _tag: 'Unencodable'
  /** The keys from the root to the part that cannot be held. */
  readonly path: Issue['path']
  readonly reason: string
}

export const unencodable = (path: Issue['path'], reason: string): EncodeError => ({
  _tag: 'Unencodable',
  path,
  reason,
})
