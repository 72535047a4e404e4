import type { ProseException } from './checkProse.ts'

/** Uses of unused words that are right, each with its reason. */
export const exceptions: ReadonlyArray<ProseException> = []
