/** Describes in one line what is wrong with the call of a program, and where its help is. */
export const wrongCall = (program: string, errors: ReadonlyArray<{ readonly message: string }>): string =>
  `${errors.map(({ message }) => oneLine(message)).join('; ')}. See ${program} --help.`

const oneLine = (message: string): string =>
  message
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/ Did you mean this\? (\S+)$/, ' (did you mean $1?)')
