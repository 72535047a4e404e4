/** The known words of an open enumeration; `string` where none are known. */
export type KnownWord<S extends string> = [Word<S>] extends [never] ? string : Word<S>

type Word<S> = S extends string ? (string extends S ? never : S) : never

/**
 * True if the run has this status. Only words that are known for the run compile, so that a typo is
 * an error, which a plain `===` on an open enumeration cannot be.
 *
 * @example
 * hasStatus({ status: 'succeeded' }, 'succeeded') // => true
 */
export const hasStatus = <R extends { readonly status: string }>(
  run: R,
  status: KnownWord<R['status']>,
): boolean => run.status === status
