import type { ResultFile, RunResources } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { insertInto, type Long, queryAll } from './batches.ts'
import { fromColumnJson } from './columnJson.ts'
import type { IncomingItem } from './Incoming.ts'
import { type Names, namesOf } from './names.ts'

/** The events, checkpoints and result files of runs, by id, in the order they came. */
export type Items = ReadonlyMap<string, RunResources>

/** The result of inserting items. */
export interface AddedItems {
  /** The run of each item that is new. */
  readonly touched: ReadonlyArray<string>
  /** All items of the runs that had none before: nothing of them has to be read again. */
  readonly complete: Items
}

type RunItem = IncomingItem & { readonly runKey: string }

const noItems: AddedItems = { touched: [], complete: new Map() }

/** Inserts the items that are new, in the caller's transaction. */
export const insertItems = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  items: ReadonlyArray<RunItem>,
) {
  if (items.length === 0) return noItems
  const names = yield* namesOf(sql)(textsOf(items))
  const older = yield* runsWithItems(sql)(items, names)
  const first = distinct(items.filter(({ runKey }) => !older.has(runKey)))
  const cellsOf = ({ runKey, kind, itemKey, seenAt, source, value }: RunItem) => [
    names.numberOf(runKey),
    names.numberOf(kind.name),
    itemKey,
    seenAt,
    source,
    JSON.stringify(value),
  ]
  yield* insertNew(sql)(first, cellsOf)
  const others = items.filter(({ runKey }) => older.has(runKey))
  const added = yield* insertMissing(sql)(others, cellsOf)
  return {
    touched: [...first.map(({ runKey }) => runKey), ...added.map(row => names.textOf(row.run_name))],
    complete: gather(first.map(({ runKey, kind, value }) => ({ runKey, kind: kind.name, value }))),
  } satisfies AddedItems
})

const columns = ['run_name', 'kind_name', 'item_key', 'seen_at', 'source', 'body']

const insertNew = insertInto('items', columns)
const insertMissing = insertInto<{ readonly run_name: Long }>(
  'items',
  columns,
  'on conflict (run_name, kind_name, item_key) do nothing returning run_name',
)

/** The texts that rows of items have as numbers. */
const textsOf = (items: ReadonlyArray<RunItem>): ReadonlySet<string> => {
  const texts = new Set<string>()
  for (const { runKey, kind } of items) texts.add(runKey).add(kind.name)
  return texts
}

/** The runs that have items in the store. */
const runsWithItems =
  (sql: SqlClient.SqlClient) =>
  (items: ReadonlyArray<RunItem>, names: Names): Effect.Effect<ReadonlySet<string>, SqlError> =>
    Effect.map(
      queryAll(
        [...new Set(items.map(({ runKey }) => runKey))].filter(runKey => !names.isNew(runKey)),
        // a run may have very many items: the first of them is enough
        some => sql<{ readonly name: Long }>`select name from names
          where name in ${sql.in(some.map(names.numberOf))}
            and exists (select 1 from items where run_name = name)`,
      ),
      found => new Set(found.map(row => names.textOf(row.name))),
    )

/** Each item once: the first of those with one key. */
const distinct = (items: ReadonlyArray<RunItem>): ReadonlyArray<RunItem> => {
  const seen = new Map<string, Set<string>>()
  return items.filter(({ runKey, kind, itemKey }) => {
    const keys = seen.get(runKey) ?? new Set()
    if (keys.size === 0) seen.set(runKey, keys)
    return keys.size < keys.add(`${kind.name} ${itemKey}`).size
  })
}

/** The items of these runs: those that are not known are read. */
export const itemsOf =
  (sql: SqlClient.SqlClient) =>
  (runKeys: ReadonlyArray<string>, known: Items = new Map()): Effect.Effect<Items, SqlError> =>
    Effect.map(
      queryAll(
        [...new Set(runKeys.filter(runKey => !known.has(runKey)))],
        some =>
          sql<{ readonly run_key: string; readonly kind: string; readonly body: string }>`
            select runs.text as run_key, kinds.text as kind, body
            from items join names runs on runs.name = run_name join names kinds on kinds.name = kind_name
            where runs.text in ${sql.in(some)} order by seq`,
      ),
      found => {
        const read = found.map(row => ({
          runKey: row.run_key,
          kind: row.kind,
          value: fromColumnJson(row.body),
        }))
        return new Map([...known, ...gather(read)])
      },
    )

interface Resources {
  readonly events: Array<never>
  readonly checkpoints: Array<never>
  readonly results: Array<ResultMetrics.ResultMetrics>
}

interface Item {
  readonly runKey: string
  /** The name of its kind. */
  readonly kind: string
  readonly value: unknown
}

const gather = (items: ReadonlyArray<Item>): Items => {
  const all = new Map<string, Resources>()
  for (const { runKey, kind, value } of items) {
    const of = all.get(runKey) ?? { events: [], checkpoints: [], results: [] }
    all.set(runKey, of)
    if (kind === 'checkpoint') of.checkpoints.push(value as never)
    else if (kind === 'result-file') of.results.push(ResultMetrics.parse((value as ResultFile).content))
    else of.events.push(value as never)
  }
  return all
}
