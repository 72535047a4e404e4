/** A word or phrase that this repository's prose does not use, and the one to use instead. */
export interface UnusedWord {
  /** Its name in the list of exceptions. */
  readonly word: string
  /** Spaces match line breaks as well. Code spans are empty (two backticks) when it is tested. */
  readonly pattern: RegExp
  readonly instead: string
}

const word = (name: string, pattern: string, instead: string): UnusedWord => ({
  word: name,
  pattern: new RegExp(pattern.replaceAll(' ', '\\s+'), 'giu'),
  instead,
})

export const unusedWords: ReadonlyArray<UnusedWord> = [
  word('piece', '\\bpieces?\\b', 'chunk, or part'),
  word(
    'unless said otherwise',
    '\\b(?:unless|if not|until) (?:it is )?said(?: otherwise)?\\b',
    '"Default: …"',
  ),
  word('said otherwise', '(?<!unless |not |until )\\bsaid otherwise\\b', '"Default: …"'),
  word('beside', '\\bbeside\\b', 'next to'),
  word(
    'behind',
    '(?<!\\b(?:leaves?|left|leaving|stays?|falls?|lags?)(?: \\S+){0,3} )\\bbehind\\b' +
      '(?! (?:an?|one|the|its|their) (?:\\S+ )?(?:sym)?(?:link|proxy|switch|flag|option|firewall|interface)\\b)',
    'after',
  ),
  word('anew', '\\banew\\b', 'again'),
  word('trouble', '\\btroubles?\\b', 'error or failure'),
  word(
    'gives',
    '(?:``|\\)) gives?\\b|(?<=^|[.:;] )gives\\b|\\bg(?:ive|ives|iven|ave) back\\b',
    'returns (a value), prints or contains',
  ),
  word('whoever', '\\bwho(?:so|s)?ever\\b', 'the caller, the reader, or a program that'),
  word('for who', '\\b(?:for|to|by|from|with) who\\b', 'for callers that'),
  word('the very', '\\bthe very (?!first|last|same|end|beginning)', 'the same, or itself'),
  word('whole number', '\\bwhole numbers?\\b', 'integer'),
  word('write down', '\\bwr(?:ites?|itten|iting|ote) down\\b', 'write or encode'),
  word('goes on', '\\b(?:go|goes|going|went) on\\b(?! (?:to standard|standard))', 'continues'),
  word('comes again', '\\bcomes? again\\b', 'recurs, or is repeated'),
]
