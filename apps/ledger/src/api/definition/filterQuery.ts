import { facetColumns } from '@finetune-kit/store'
import * as Schema from 'effect/Schema'
import { byName } from '../byName.ts'

const texts = Schema.optional(Schema.Array(Schema.String))

/** The columns that a filter narrows by their values. */
export const filterColumns = [...facetColumns, 'fine_tuned_model'] as const

/**
 * The parameters of a filter of runs: see `RunFilter` of the store. An empty value is no value;
 * `run` is a key.
 */
export const filterQuery = {
  ...byName(filterColumns, () => texts),
  q: Schema.optional(Schema.String),
  tag: Schema.optional(Schema.String),
  run: Schema.optional(Schema.Array(Schema.String)),
  hidden: Schema.optional(Schema.Literals(['without', 'with', 'only'])),
  createdFrom: Schema.optional(Schema.Finite),
  createdBefore: Schema.optional(Schema.Finite),
}

/** The values of a filter's parameters. */
export type FilterQuery = Schema.Struct.Type<typeof filterQuery>
