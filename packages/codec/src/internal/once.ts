/** Evaluates on the first call and returns the same result from then on. */
export const once = <R>(evaluate: () => R): (() => R) => {
  let result: { readonly value: R } | undefined
  return () => (result ??= { value: evaluate() }).value
}
