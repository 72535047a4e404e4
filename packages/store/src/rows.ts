import { RecordKind } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Entry, Head } from './history.ts'

/** A 64-bit integer: PostgreSQL returns it as bigint, SQLite as number. */
type Long = number | bigint

/** A run as it is stored. */
export interface StoredRun {
  readonly run: number
  readonly runKey: string
  readonly born: number
  readonly firstSeenAt: number
  readonly head: Head
}

/** A run whose new entries are to be written. */
export interface LongerRun {
  readonly runKey: string
  readonly born: number
  readonly firstSeenAt: number
  readonly head: Head | undefined
  readonly entries: ReadonlyArray<Entry>
}

/** Parameters of one statement stay below what both databases take. */
const chunkSize = 500

type NonEmpty<A> = readonly [A, ...Array<A>]

const chunks = <A>(all: ReadonlyArray<A>): ReadonlyArray<NonEmpty<A>> =>
  Array.from({ length: Math.ceil(all.length / chunkSize) }).flatMap((_, i): Array<NonEmpty<A>> => {
    const [first, ...rest] = all.slice(i * chunkSize, (i + 1) * chunkSize)
    return first === undefined ? [] : [[first, ...rest]]
  })

const inChunks = <A, B>(
  all: ReadonlyArray<A>,
  query: (some: NonEmpty<A>) => Effect.Effect<ReadonlyArray<B>, SqlError>,
): Effect.Effect<ReadonlyArray<B>, SqlError> =>
  Effect.map(Effect.forEach(chunks(all), query), found => found.flat())

/** The kind of this name. Stored names come from this list, so that there always is one. */
export const kindNamed = (name: string): RecordKind.RecordKind =>
  RecordKind.all.find(kind => kind.name === name) as RecordKind.RecordKind

/** The stored runs with these keys, each with the head of its history. */
export const heads = (
  sql: SqlClient.SqlClient,
  runKeys: ReadonlyArray<string>,
): Effect.Effect<ReadonlyArray<StoredRun>, SqlError> =>
  inChunks(runKeys, keys =>
    Effect.map(
      sql<{
        readonly run: Long
        readonly run_key: string
        readonly born: Long
        readonly record_kind: string
        readonly entry_count: Long
        readonly digest: string
        readonly value_digest: string
        readonly first_seen_at: Long
        readonly last_seen_at: Long
        readonly body: string
      }>`select run, run_key, born, record_kind, entry_count, digest, value_digest, first_seen_at,
        last_seen_at, body from runs join records using (run) where run_key in ${sql.in(keys)}`,
      found =>
        found.map(row => ({
          run: Number(row.run),
          runKey: row.run_key,
          born: Number(row.born),
          firstSeenAt: Number(row.first_seen_at),
          head: {
            entries: Number(row.entry_count),
            digest: row.digest,
            valueDigest: row.value_digest,
            seenAt: Number(row.last_seen_at),
            kind: row.record_kind,
            value: JSON.parse(row.body) as unknown,
          },
        })),
    ),
  )

/** The value digests that each of these runs has in its history. */
export const knownValues = (
  sql: SqlClient.SqlClient,
  runs: ReadonlyArray<number>,
): Effect.Effect<ReadonlyMap<number, Set<string>>, SqlError> =>
  Effect.map(
    inChunks(
      runs,
      some =>
        sql<{ readonly run: Long; readonly value_digest: string }>`select run, value_digest from entries
          where run in ${sql.in(some)}`,
    ),
    found => {
      const known = new Map<number, Set<string>>()
      for (const row of found) {
        const run = Number(row.run)
        const before = known.get(run)
        if (before === undefined) known.set(run, new Set([row.value_digest]))
        else before.add(row.value_digest)
      }
      return known
    },
  )

/** The whole history of a run, oldest entry first. */
export const entriesOf = (
  sql: SqlClient.SqlClient,
  { runKey, born }: { readonly runKey: string; readonly born: number },
): Effect.Effect<ReadonlyArray<Entry>, SqlError> =>
  Effect.map(
    sql<{
      readonly n: Long
      readonly digest: string
      readonly value_digest: string
      readonly seen_at: Long
      readonly source: string
      readonly kind: string
      readonly is_whole: Long
      readonly body: string
    }>`select n, entries.digest, entries.value_digest, seen_at, source, kind, is_whole, body
      from entries join runs using (run) where run_key = ${runKey} and born = ${born} order by n`,
    found =>
      found.map(row => ({
        n: Number(row.n),
        digest: row.digest,
        valueDigest: row.value_digest,
        seenAt: Number(row.seen_at),
        source: row.source,
        kind: row.kind,
        isWhole: Number(row.is_whole) === 1,
        body: row.body,
      })),
  )

export const removeEntries = (
  sql: SqlClient.SqlClient,
  { runKey, born }: { readonly runKey: string; readonly born: number },
): Effect.Effect<void, SqlError> =>
  Effect.asVoid(
    sql`delete from entries where run in (select run from runs where run_key = ${runKey} and born = ${born})`,
  )

/** Writes the heads, last records and new entries of these runs; returns their keys in the tables. */
export const save = (
  sql: SqlClient.SqlClient,
  runs: ReadonlyArray<LongerRun>,
): Effect.Effect<ReadonlyArray<number>, SqlError> => inChunks(runs, some => saveChunk(sql, some))

const saveChunk = (
  sql: SqlClient.SqlClient,
  runs: ReadonlyArray<LongerRun>,
): Effect.Effect<ReadonlyArray<number>, SqlError> =>
  Effect.gen(function* () {
    const written = runs.flatMap(run => (run.head === undefined ? [] : [{ ...run, head: run.head }]))
    const values = written.map(({ runKey, born, firstSeenAt, head, entries }) => ({
      run_key: runKey,
      born,
      record_kind: head.kind,
      seen_in: entries.at(-1)?.source ?? '',
      entry_count: head.entries,
      digest: head.digest,
      value_digest: head.valueDigest,
      first_seen_at: firstSeenAt,
      last_seen_at: head.seenAt,
    }))
    const [rows] = chunks(values)
    if (rows === undefined) return []
    const saved = yield* sql<{ run: Long; run_key: string; born: Long }>`insert into runs ${sql.insert(rows)}
      on conflict (run_key, born) do update set record_kind = excluded.record_kind,
      seen_in = excluded.seen_in, entry_count = excluded.entry_count, digest = excluded.digest,
      value_digest = excluded.value_digest, last_seen_at = excluded.last_seen_at
      returning run, run_key, born`
    const ids = new Map(saved.map(row => [`${Number(row.born)} ${row.run_key}`, Number(row.run)]))
    const idOf = ({ runKey, born }: LongerRun): number => ids.get(`${born} ${runKey}`) as number
    const bodies = written.map(run => ({ run: idOf(run), body: JSON.stringify(run.head.value) }))
    yield* Effect.forEach(
      chunks(bodies),
      some =>
        sql`insert into records ${sql.insert(some)} on conflict (run) do update set body = excluded.body`,
      { discard: true },
    )
    const entries = written.flatMap(run =>
      run.entries.map(({ n, digest, valueDigest, seenAt, source, kind, isWhole, body }) => ({
        run: idOf(run),
        n,
        digest,
        value_digest: valueDigest,
        seen_at: seenAt,
        source,
        kind,
        is_whole: isWhole ? 1 : 0,
        body,
      })),
    )
    yield* Effect.forEach(chunks(entries), some => sql`insert into entries ${sql.insert(some)}`, {
      discard: true,
    })
    const runIds = [...ids.values()]
    yield* sql`update runs set changed_seq = (select max(seq) from entries where entries.run = runs.run)
      where run in ${sql.in(runIds)}`
    return runIds
  })
