import { annotate, type Meta, type RecordC } from '@finetune-kit/codec'
import { lazyRecord } from '@finetune-kit/codec/compile'
import * as t from 'io-ts'

/**
 * Describes a codec as one field of a record. `facts` are what else is known about it, such as its
 * unit.
 */
// @__NO_SIDE_EFFECTS__
export const describedField = <C extends t.Any>(codec: C, description: string, facts: Meta.Meta = {}): C =>
  annotate(codec, { ...facts, description })

/** The facts about a record: a description, and the document that specifies it. */
export interface Facts extends Meta.Meta {
  readonly description: string
  readonly source: string
}

/** `record` with its facts. Every field gets its key as its title, and the source of the record. */
// @__NO_SIDE_EFFECTS__
export const describedRecord = <R extends t.Props, O extends t.Props = {}>(
  name: string,
  facts: Facts,
  required: R,
  optional: O = {} as O,
): RecordC<R, O> =>
  lazilyDescribed(name, facts, [...Object.values(required), ...Object.values(optional)], () => [
    required,
    optional,
  ])

/** The same with fields that are derived at the first use, from codecs that are known by then. */
// @__NO_SIDE_EFFECTS__
export const lazilyDescribed = <R extends t.Props, O extends t.Props>(
  name: string,
  facts: Facts,
  derivedFrom: ReadonlyArray<t.Any>,
  fields: () => readonly [required: R, optional: O],
): RecordC<R, O> => {
  const encodesAsIs = derivedFrom.every(({ encode }) => encode === t.identity)
  return lazyRecord(name, { title: name, ...facts }, encodesAsIs, () => {
    const [required, optional] = fields()
    return [withTitles(required, facts.source), withTitles(optional, facts.source)]
  })
}

const withTitles = <P extends t.Props>(props: P, source: string): P =>
  Object.fromEntries(
    Object.entries(props).map(([key, codec]) => [key, annotate(codec, { title: words(key), source })]),
  ) as P

const words = (key: string): string => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll('_', ' ')
