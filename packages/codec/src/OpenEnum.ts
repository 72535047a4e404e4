import * as t from 'io-ts'
import { annotate } from './Meta.ts'

/**
 * One of the known values, for completion, or any other string: a service's enumerations grow
 * without notice.
 */
export type OpenEnum<Known extends string> = Known | (string & {})

/**
 * An enumeration that knows some of its values and accepts any string. Its `Meta` lists the known
 * ones.
 *
 * @example
 * const Level = OpenEnum('Level', ['info', 'warn', 'error'])
 * Level.is('debug') // => true
 * Meta.of(Level).known // => ['info', 'warn', 'error']
 */
// @__NO_SIDE_EFFECTS__
export const OpenEnum = <Known extends string>(
  name: string,
  known: ReadonlyArray<Known>,
): t.Type<OpenEnum<Known>, OpenEnum<Known>> =>
  annotate(t.string as t.Type<OpenEnum<Known>, OpenEnum<Known>>, { title: name, known })
