import type { Constraints } from '../Meta.ts'

/** Both constraints at once. Of two patterns the later one stays. */
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
