/** Describes in one line what is wrong with the call of a program, and where its help is. */
export const wrongCall = (program: string, errors: ReadonlyArray<{ readonly message: string }>): string =>
  `${errors.map(({ message }) => oneLine(message)).join('; ')}. See ${program} --help.`

const oneLine = (message: string): string =>
  message
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(Unrecognized flag: \S+) in command [\w -]+?(?= Did |$)/, '$1')
    .replace(
      / Did you mean this\? (.+)$/,
      (_, names: string) => ` (did you mean ${names.split(' ').join(' or ')}?)`,
    )
    .replace(/(?<=Expected: ).*/, names => shortened(names.replaceAll(/"([^"]*)"(?: \|)?/g, '$1,')))
    .replace('a string representing a finite number', 'a number')
    .replace(/\.$/, '')

/** The names that fit into a line; the help has all of them. */
const shortened = (names: string): string => {
  const list = names.replace(/,$/, '')
  return list.length <= maxNames ? list : `${list.slice(0, maxNames).replace(/[^ ]*$/, '')}…`
}

const maxNames = 120
