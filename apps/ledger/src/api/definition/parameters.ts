import * as Schema from 'effect/Schema'

type Described<S extends Schema.Top> = Schema.optional<S['Rebuild']>

/** A parameter that may be left out, in a sentence that names its default. */
export const optional = <S extends Schema.Top>(schema: S, description: string): Described<S> =>
  Schema.optional(schema.annotate({ description }))

/** The most items of a page. */
export const limitOf = (maximum: number, byDefault: number) =>
  optional(
    Schema.Int.check(Schema.isBetween({ minimum: 1, maximum })),
    `The most items of the answer. Default: ${byDefault}.`,
  )

/** The number of items before a page. */
export const offset = optional(
  Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  'The number of items to leave out before the first one. Default: 0.',
)

/** A run in a path. */
export const runKey = {
  key: Schema.String.annotate({
    description: 'The `key` of a row, or the id of a run: the newest one that has it.',
  }),
}

/** The runs of a comparison. */
export const comparedKeys = {
  run: Schema.Array(Schema.String).annotate({
    description: 'A key or an id of a run. May be repeated, up to 100 times.',
  }),
  baseline: optional(
    Schema.String,
    'The key or the id of the run that the others are measured against: one of `run`. Default: none.',
  ),
}

/** A choice that is off by default. */
export const flag = (description: string) =>
  optional(Schema.Literals(['true', 'false']), `${description} Default: false.`)
