/**
 * Names that modules and exports once had. Each has a standard term now and must not come back.
 * Common words are refused only where they stood: a glob of files.
 */
export interface OldNames {
  readonly in: string
  /** Names of files without their extension, each with its new name. */
  readonly files?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string>>
  /** Names that were both a file and its export. */
  readonly both?: Readonly<Record<string, string>>
}

/** The place of names that are no common words. */
export const everywhere = '**'
