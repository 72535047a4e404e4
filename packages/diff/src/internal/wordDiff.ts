import { diffWordsWithSpace } from 'diff/lib/diff/word.js'

/** A part of a text, and true if the other text lacks it. */
export interface WordRun {
  readonly text: string
  readonly isOwn: boolean
}

/** With more different words than this, two texts are replaced as a whole. */
const maxEdits = 400

/** Shorter texts are compared as a whole. */
const minLength = 24

/**
 * Compares two texts word by word, if they are long and have words in common: the parts that only
 * one has.
 */
export const wordDiff = (
  left: string,
  right: string,
): readonly [ReadonlyArray<WordRun>, ReadonlyArray<WordRun>] => {
  const isLong = Math.max(left.length, right.length) >= minLength
  const parts = isLong ? diffWordsWithSpace(left, right, { maxEditLength: maxEdits }) : undefined
  if (parts?.some(part => !part.added && !part.removed && /\w/.test(part.value)) !== true)
    return [[{ text: left, isOwn: true }], [{ text: right, isOwn: true }]]
  const side = (other: 'added' | 'removed', own: 'added' | 'removed') =>
    (parts ?? []).filter(part => !part[other]).map(part => ({ text: part.value, isOwn: part[own] }))
  return [side('added', 'removed'), side('removed', 'added')]
}
