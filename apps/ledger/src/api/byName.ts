/** An object with a value for each of these names. */
export const byName = <Name extends string, A>(
  names: ReadonlyArray<Name>,
  valueOf: (name: Name) => A,
): Record<Name, A> => Object.fromEntries(names.map(name => [name, valueOf(name)])) as Record<Name, A>
