import * as t from 'io-ts'
import { lazyRecord, type RecordC, refuseFields } from './internal/lazyRecord.ts'

export type { RecordC } from './internal/lazyRecord.ts'

/**
 * The one way to write an object codec: its name, the required fields, the optional fields.
 *
 * - Unknown keys stay, at every level, also `__proto__` and `constructor` as own keys.
 * - An optional key whose value is `undefined` is absent: decoding leaves the key out (plain
 *   `t.partial` infers `note?: string` and accepts `{ note: undefined }`).
 * - An absent key named as what every object inherits, such as `constructor`, is read as inherited:
 *   io-ts does, so an optional `constructor: t.string` refuses `{}`.
 * - A value that needs no change is returned as it is, the same reference.
 *
 * @example
 * const Point = record('Point', { x: t.number, y: t.number }, { label: t.string })
 * type Point = t.TypeOf<typeof Point> // { x: number; y: number } & { label?: string }
 *
 * @throws at load, when a field is named `__proto__`, or is both required and optional
 */
// @__NO_SIDE_EFFECTS__
export const record = <R extends t.Props, O extends t.Props = {}>(
  name: string,
  required: R,
  optional: O = {} as O,
): RecordC<R, O> => {
  refuseFields(name, required, optional)
  const [must, may] = [{ ...required }, { ...optional }]
  const encodesAsIs = [must, may].every(fields => Object.values(fields).every(encodesItself))
  return lazyRecord(name, { title: name }, encodesAsIs, () => [must, may])
}

/** True if encoding with a codec returns what it is given. */
const encodesItself = (codec: t.Any): boolean => codec.encode === t.identity
