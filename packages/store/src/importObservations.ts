import { type DecodeError, draw } from '@finetune-kit/codec'
import type { Observation } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import * as Stream from 'effect/Stream'
import { appendSnapshots } from './appendSnapshots.ts'
import { insertAll, type Long } from './batches.ts'
import { toColumnText } from './columnText.ts'
import { write } from './facts.ts'
import { incoming, type IncomingItem, type IncomingSnapshot } from './Incoming.ts'

/** An observation with its position in the input, or a record of the input that cannot be read. */
export type ImportRecord =
  | {
      readonly _tag: 'Record'
      readonly value: Observation
      readonly offset: number
      readonly line?: number
    }
  | {
      readonly _tag: 'Reject'
      readonly error: DecodeError
      readonly offset: number
      readonly line?: number
      readonly records?: number
    }

export interface ImportOptions {
  /** The name of the input, for the list of imports. */
  readonly source: string
  /**
   * The time of observations that nobody made: those that wrap a record of a file. Such a record is
   * skipped if the history of its run already has its value.
   */
  readonly unseenAt?: number
}

/** The result of an import. */
export interface ImportReport {
  /** The number of new runs. */
  readonly added: number
  /** The number of times that a batch made the history of a known run longer. */
  readonly changed: number
  /** The number of snapshots that changed nothing. */
  readonly unchanged: number
  /** The number of new events and checkpoints. */
  readonly items: number
  readonly rejected: number
  /** The first 100 rejected records. */
  readonly rejects: ReadonlyArray<Rejected>
}

/** A record that is not kept: where it is, and the reason. */
export interface Rejected {
  readonly offset: number
  readonly line?: number
  readonly reason: string
}

/** Records of one transaction. */
const batchSize = 1000

const maxRejects = 100

type Counts = Pick<ImportReport, 'added' | 'changed' | 'unchanged' | 'items' | 'rejected'>

const nothing: Counts = { added: 0, changed: 0, unchanged: 0, items: 0, rejected: 0 }

const add = (a: Counts, b: Counts): Counts => ({
  added: a.added + b.added,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  items: a.items + b.items,
  rejected: a.rejected + b.rejected,
})

/**
 * Imports observations in transactions of 1,000 records. An import that was interrupted can be
 * repeated: what is stored already changes nothing.
 */
export const importObservations =
  (sql: SqlClient.SqlClient) =>
  <E, R>(
    records: Stream.Stream<ReadonlyArray<ImportRecord>, E, R>,
    options: ImportOptions,
  ): Effect.Effect<ImportReport, SqlError | E, R> =>
    Effect.gen(function* () {
      const sort = sorter(options)
      const rejects: Array<Rejected> = []
      let counts = nothing
      const importId = yield* write(sql)(begin(sql, options.source))
      yield* records.pipe(
        Stream.flatMap(Stream.fromIterable),
        Stream.grouped(batchSize),
        Stream.runForEach(batch =>
          Effect.gen(function* () {
            const { snapshots, items, rejected, lost } = sort(batch)
            const written = yield* write(sql)(
              Effect.gen(function* () {
                const batchCounts = { ...(yield* writeBatch(sql)(snapshots, items)), rejected: lost }
                yield* count(sql, importId, batchCounts)
                return batchCounts
              }),
            )
            counts = add(counts, written)
            rejects.push(...rejected.slice(0, maxRejects - rejects.length))
          }),
        ),
      )
      yield* write(sql)(sql`update imports set ended_at = ${now()} where import = ${importId}`)
      return { ...counts, rejects }
    })

const now = (): number => Math.floor(Date.now() / 1000)

const begin = (sql: SqlClient.SqlClient, source: string): Effect.Effect<number, SqlError> =>
  Effect.map(
    insertAll(sql)<{ readonly import: Long }>(
      'imports',
      [{ source: toColumnText(source), started_at: now() }],
      'returning import',
    ),
    ([row]) => Number(row?.import),
  )

const count = (sql: SqlClient.SqlClient, importId: number, { rejected, ...counts }: Counts) =>
  sql`update imports set added = added + ${counts.added}, changed = changed + ${counts.changed},
    unchanged = unchanged + ${counts.unchanged}, items = items + ${counts.items},
    rejected = rejected + ${rejected} where import = ${importId}`

/** Writes snapshots, events and checkpoints in the caller's transaction. */
const writeBatch =
  (sql: SqlClient.SqlClient) =>
  (
    snapshots: ReadonlyArray<IncomingSnapshot>,
    items: ReadonlyArray<IncomingItem>,
  ): Effect.Effect<Omit<Counts, 'rejected'>, SqlError> =>
    Effect.gen(function* () {
      const added = yield* insertAll(sql)<{ readonly run_key: string }>(
        'items',
        items.map(({ runKey, kind, itemKey, seenAt, source, value }) => ({
          run_key: runKey,
          kind: kind.name,
          item_key: itemKey,
          seen_at: seenAt,
          source,
          body: JSON.stringify(value),
        })),
        'on conflict (run_key, kind, item_key) do nothing returning run_key',
      )
      const touched = added.map(row => row.run_key)
      const appended = yield* appendSnapshots(sql, { skipKnown: true, touched })(snapshots)
      return { ...appended, items: added.length }
    })

interface Sorted {
  readonly snapshots: Array<IncomingSnapshot>
  readonly items: Array<IncomingItem>
  readonly rejected: Array<Rejected>
  /** The number of rejected records: one reject may stand for several. */
  lost: number
}

/**
 * Sorts batches of one import. Equal items without ids are counted over the whole import: the store
 * keeps as many as the import with the most of them had.
 */
const sorter = ({ unseenAt }: ImportOptions) => {
  const sortOne = incoming(unseenAt)
  const ordinals = new Map<string, number>()
  const numbered = (item: IncomingItem): IncomingItem => {
    if (!item.isByValue) return item
    const name = `${item.runKey}\n${item.kind.name}\n${item.itemKey}`
    const ordinal = ordinals.get(name) ?? 0
    ordinals.set(name, ordinal + 1)
    return { ...item, itemKey: `${item.itemKey} ${ordinal}` }
  }
  return (batch: Iterable<ImportRecord>): Sorted => {
    const sorted: Sorted = { snapshots: [], items: [], rejected: [], lost: 0 }
    for (const result of batch) {
      const { offset, line } = result
      const position = line === undefined ? { offset } : { offset, line }
      if (result._tag === 'Reject') {
        sorted.lost += result.records ?? 1
        sorted.rejected.push({ ...position, reason: draw(result.error) })
        continue
      }
      const one = sortOne(result.value)
      if (one._tag === 'Snapshot') sorted.snapshots.push(one)
      else if (one._tag === 'Item') sorted.items.push(numbered(one))
      else {
        sorted.lost++
        sorted.rejected.push({ ...position, reason: one.reason })
      }
    }
    return sorted
  }
}
