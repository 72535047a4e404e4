/**
 * The source of an object literal with these own keys, whatever their names, and the sources of
 * their values; `undefined` if it would be long: V8 makes a dictionary of an object with very many
 * keys anyway.
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
