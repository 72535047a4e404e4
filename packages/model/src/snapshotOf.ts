import { annotate, Meta, nullable, type RecordC } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { lazilyDescribed } from './describedRecord.ts'

/** These fields, each of which may also be null. */
export type OrNull<P extends t.Props> = {
  [K in keyof P]: null extends t.TypeOf<P[K]> ? P[K] : t.UnionC<[P[K], t.NullC]>
}

/** Makes every field nullable. Facts of a field stay; a field that takes null stays as it is. */
export const orNull = <P extends t.Props>(props: P): OrNull<P> =>
  mapProps(props, codec => (takesNull(codec) ? codec : annotate(nullable(codec), factsOfField(codec))))

/** `codec.is(null)`, without compiling the validator of a record for it at load. */
const takesNull = (codec: t.Any): boolean =>
  codec instanceof t.UnionType
    ? (codec.types as ReadonlyArray<t.Any>).some(takesNull)
    : !(codec instanceof t.IntersectionType) && codec.is(null)

/** The departures of real records from the contract, other than nulls in optional fields. */
export interface Departures<K, V, A> {
  readonly description: string
  /** Default: the name of the contract, followed by `Snapshot`. */
  readonly name?: string
  /** Required fields of the contract that may be absent or null. */
  readonly mayBeAbsent?: ReadonlyArray<K>
  /**
   * Fields with another codec, which takes over the title and the description of the contract's.
   */
  readonly replaced?: V
  /** Optional fields that the contract does not name. */
  readonly undocumented?: A
}

type Replaced<P, V> = { [K in keyof P]: K extends keyof V ? V[K] : P[K] }
type Without<P, K> = { [L in keyof P as L extends K ? never : L]: P[L] }
type Only<P, K> = { [L in keyof P as L extends K ? L : never]: P[L] }
type Props<P> = Extract<P, t.Props>

/** The codec of the records at any moment of their lives, given that of the contract. */
export type SnapshotC<R extends t.Props, O extends t.Props, K, V, A> = RecordC<
  Props<Replaced<Without<R, K>, V>>,
  OrNull<Props<Replaced<O & Only<R, K> & A, V>>>
>

/**
 * Derives the codec of a snapshot from that of its contract: null is accepted, and kept, in every
 * optional field.
 *
 * Law: whatever the contract accepts, its snapshot accepts.
 */
// @__NO_SIDE_EFFECTS__
export const snapshotOf = <
  R extends t.Props,
  O extends t.Props,
  K extends keyof R = never,
  V extends t.Props = {},
  A extends t.Props = {},
>(
  contract: RecordC<R, O>,
  {
    name = `${contract.name}Snapshot`,
    description,
    mayBeAbsent = [],
    replaced,
    undocumented,
  }: Departures<K, V, A>,
): SnapshotC<R, O, K, V, A> => {
  const replace = (props: t.Props): t.Props =>
    Object.fromEntries(
      Object.entries(props).map(([key, codec]) => {
        const other = replaced?.[key]
        return [key, other === undefined ? codec : annotate(other, factsOfField(codec))]
      }),
    )
  const isAbsent = ([key]: readonly [string, unknown]): boolean => mayBeAbsent.some(other => other === key)
  const { source = '', identity } = Meta.of(contract)
  return lazilyDescribed(
    name,
    { description, source, ...(identity === undefined ? {} : { identity }) },
    [contract, ...Object.values({ ...replaced, ...undocumented })],
    () => {
      const [required, optional] = contract.types
      const entries = Object.entries(required.props)
      const others = Object.fromEntries(entries.filter(isAbsent))
      return [
        replace(Object.fromEntries(entries.filter(entry => !isAbsent(entry)))),
        orNull(replace({ ...others, ...optional.props, ...undocumented })),
      ]
    },
  ) as never
}

/** The facts that belong to a field, not to the type of its value. */
const factsOfField = (codec: t.Any): Meta.Meta => {
  const { known: _, constraints: __, identity: ___, ...facts } = Meta.of(codec)
  return facts
}

const mapProps = <P extends t.Props>(props: P, map: (codec: t.Mixed) => t.Mixed): OrNull<P> =>
  Object.fromEntries(Object.entries(props).map(([key, codec]) => [key, map(codec)])) as OrNull<P>
