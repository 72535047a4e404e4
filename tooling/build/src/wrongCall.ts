/** Finds the word that was meant among those that there are. */
export type Suggest = (word: string, among: ReadonlyArray<string>) => string | undefined

/** Describes in one line what is wrong with the call of a program, and where its help is. */
export const wrongCall = (
  program: string,
  errors: ReadonlyArray<{ readonly message: string }>,
  {
    suggest = () => undefined,
    remedy = () => undefined,
  }: {
    readonly suggest?: Suggest
    /** A sentence for the line of an error. */
    readonly remedy?: (line: string) => string | undefined
  } = {},
): string => {
  const lines = withLettersJoined(errors.map(({ message }) => oneLine(message, suggest)))
  const remedies = new Set(lines.flatMap(line => remedy(line) ?? []))
  return [`${lines.join('; ')}.`, ...remedies, `See ${program} --help.`].join(' ')
}

/** A word such as `-verbose` is as many wrong flags as it has letters: they are one complaint. */
const withLettersJoined = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const letters = lines.flatMap(line => /^Unrecognized flag: (-[^-])$/u.exec(line)?.[1] ?? [])
  if (letters.length < 2) return lines
  const others = lines.filter(line => !/^Unrecognized flag: -[^-]$/u.test(line))
  return [`Unrecognized flags: ${[...new Set(letters)].join(', ')}`, ...others]
}

const oneLine = (message: string, suggest: Suggest): string =>
  message
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(Unrecognized flag: \S+) in command [\w -]+?(?= Did |$)/, '$1')
    .replace(/ Did you mean this\? (.+)$/, (_, names: string) => suggestion(names.split(' ').join(' or ')))
    // every name is near to one letter
    .replace(/^(Unrecognized flag: -[^-]) \(.*$/u, '$1')
    .replace(
      /^Invalid value for flag (\S+): "(\d+) occurrences".*$/,
      'Flag $1 is passed $2 times, and takes one value',
    )
    .replace(/(?<=Expected: ).*/, names => names.replaceAll(/"([^"]*)"(?: \|)?/g, '$1,').replace(/,$/, ''))
    .replace(
      /^(Invalid value for flag \S+: "(.*?)")\. (Expected: )(.*)$/,
      (_, start: string, word: string, expected: string, names: string) =>
        `${start}${suggestion(suggest(word, names.split(', ')))}. ${expected}${names}`,
    )
    .replace(/(?<=Expected: ).*/, shortened)
    .replace(/(?<=^Unexpected positional arguments: ).*/, words => firstOf(words.split(', ')))
    .replace('a string representing a finite number', 'a number')
    .replace(/(?<! -)\.$/, '')

const suggestion = (word: string | undefined): string =>
  word === undefined ? '' : ` (did you mean ${word}?)`

/** The names that fit into a line; the help has all of them. */
const shortened = (names: string): string =>
  names.length <= maxNames ? names : `${names.slice(0, maxNames).replace(/[^ ]*$/, '')}…`

const maxNames = 120

/** A shell writes all files of a folder for a pattern. */
const firstOf = (words: ReadonlyArray<string>): string =>
  words.length <= maxWords
    ? words.join(', ')
    : `${words.slice(0, maxWords).join(', ')} and ${words.length - maxWords} more`

const maxWords = 3
