import { facetColumns } from '@finetune-kit/store'
import * as Schema from 'effect/Schema'
import { byName } from '../byName.ts'
import { optional } from './parameters.ts'

/** The columns that a filter narrows by their values. */
export const filterColumns = [...facetColumns, 'fine_tuned_model'] as const

/** The parameters of a filter of runs: see `RunFilter` of the store. */
export const filterQuery = {
  ...byName(filterColumns, column =>
    optional(
      Schema.Array(Schema.String),
      `Only runs with this value of \`${column}\`; an empty one means those without. May be repeated. Default: all.`,
    ),
  ),
  q: optional(Schema.String, 'Only runs with this text in an id, a name, a tag or the note, in any case.'),
  tag: optional(Schema.String, 'Only runs with this tag.'),
  run: optional(
    Schema.Array(Schema.String),
    'Only the run of this key or id. May be repeated. Default: all.',
  ),
  hidden: optional(
    Schema.Literals(['without', 'with', 'only']),
    'The runs that a user has hidden: not listed, listed, or listed alone. Default: without.',
  ),
  createdFrom: optional(Schema.Finite, 'The first time of creation, in Unix seconds. Default: no limit.'),
  createdBefore: optional(
    Schema.Finite,
    'The time of creation from which on runs are left out, in Unix seconds. Default: no limit.',
  ),
}

/** The values of a filter's parameters. */
export type FilterQuery = Schema.Struct.Type<typeof filterQuery>
