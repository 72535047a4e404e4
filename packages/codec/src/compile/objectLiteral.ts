/**
 * The source of an object with these keys, all of them own keys whatever their names, and the sources of their values;
 * `undefined` where it would be long: of an object with very many keys engines make a dictionary, by a literal too.
 */
export const objectLiteral = (
  keys: ReadonlyArray<string>,
  valueOf: (place: number) => string,
): string | undefined => {
  const fields = keys.map((key, i) => {
    const name = JSON.stringify(key)
    return `${key === '__proto__' ? `[${name}]` : name}: ${valueOf(i)}`
  })
  const source = `{ ${fields.join(', ')} }`
  return source.length > maxLength ? undefined : source
}

const maxLength = 4096
