/** Describes in one line what is wrong with the call of a program, and where its help is. */
export const wrongCall = (program: string, errors: ReadonlyArray<{ readonly message: string }>): string =>
  `${withLettersJoined(errors.map(({ message }) => oneLine(message))).join('; ')}. See ${program} --help.`

/** A word such as `-verbose` is as many wrong flags as it has letters: they are one complaint. */
const withLettersJoined = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const letters = lines.flatMap(line => /^Unrecognized flag: (-[^-])$/u.exec(line)?.[1] ?? [])
  if (letters.length < 2) return lines
  const others = lines.filter(line => !/^Unrecognized flag: -[^-]$/u.test(line))
  return [`Unrecognized flags: ${[...new Set(letters)].join(', ')}`, ...others]
}

const oneLine = (message: string): string =>
  message
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(Unrecognized flag: \S+) in command [\w -]+?(?= Did |$)/, '$1')
    .replace(
      / Did you mean this\? (.+)$/,
      (_, names: string) => ` (did you mean ${names.split(' ').join(' or ')}?)`,
    )
    // every name is near to one letter
    .replace(/^(Unrecognized flag: -[^-]) \(.*$/u, '$1')
    .replace(
      /^Invalid value for flag (\S+): "(\d+) occurrences".*$/,
      'Flag $1 is passed $2 times, and takes one value',
    )
    .replace(/(?<=Expected: ).*/, names => shortened(names.replaceAll(/"([^"]*)"(?: \|)?/g, '$1,')))
    .replace('a string representing a finite number', 'a number')
    .replace(/(?<! -)\.$/, '')

/** The names that fit into a line; the help has all of them. */
const shortened = (names: string): string => {
  const list = names.replace(/,$/, '')
  return list.length <= maxNames ? list : `${list.slice(0, maxNames).replace(/[^ ]*$/, '')}…`
}

const maxNames = 120
