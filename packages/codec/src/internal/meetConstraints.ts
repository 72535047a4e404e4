import type { Constraints } from '../Meta.ts'

/** The constraints of both; of two patterns the later one. */
export const meetConstraints = (a: Constraints, b: Constraints): Constraints => ({
  ...a,
  ...b,
  ...both('minimum', Math.max, a, b),
  ...both('maximum', Math.min, a, b),
  ...both('minLength', Math.max, a, b),
  ...both('maxLength', Math.min, a, b),
})

const both = (
  key: 'minimum' | 'maximum' | 'minLength' | 'maxLength',
  pick: (a: number, b: number) => number,
  a: Constraints,
  b: Constraints,
): Constraints => (a[key] === undefined || b[key] === undefined ? {} : { [key]: pick(a[key], b[key]) })
