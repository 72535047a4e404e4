import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import { annotateRuns } from './annotateRuns.ts'
import { type Appended, type AppendOptions, appendSnapshots } from './appendSnapshots.ts'
import { fromColumnText } from './columnText.ts'
import type { IncomingItem } from './Incoming.ts'
import { insertItems } from './items.ts'
import { importWatches } from './watchRecords.ts'
import { runOfResults } from './runOfResults.ts'
import type { Placed, Rejected, SortedRecords } from './sortRecords.ts'

/** The effect of a batch. */
export interface Written extends Appended {
  readonly items: number
  /** Records that turn out to belong to no run of the store. */
  readonly unjoined: ReadonlyArray<Rejected>
}

/**
 * Writes the records of a batch in the caller's transaction. This generator function and those it
 * calls are made once: V8 keeps the closure of one that is made for each call, and with it the
 * batch, until the next collection of all memory.
 */
export const writeBatch = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  options: Omit<AppendOptions, 'touched' | 'items'>,
  { snapshots, items, results, annotations, watches }: SortedRecords,
) {
  const { touched, complete } = yield* insertItems(sql, items)
  const appended = yield* appendSnapshots(sql, { ...options, touched, items: complete }, snapshots)
  const joined = yield* joinResults(sql)(results)
  if (joined.touched.length > 0) yield* appendSnapshots(sql, { ...options, touched: joined.touched }, [])
  const annotated = yield* annotateRuns(sql)(annotations)
  const moved = yield* importWatches(sql)(watches, Date.now())
  const unjoined = [
    ...joined.unjoined.map(reject(unlisted)),
    ...annotated.unjoined.map(
      reject('an annotation of a run that is not in this database. Import the run first'),
    ),
  ]
  const added = touched.length + joined.touched.length + annotated.changed + moved
  return { ...appended, items: added, unjoined } satisfies Written
})

const unlisted =
  'a result file that no run lists. Import its run first, pass --run ID, or import it on the page of its run'

const reject =
  (reason: string) =>
  ({ position, raw }: Placed<unknown>): Rejected => ({ ...position, reason, raw })

const joinResults = (sql: SqlClient.SqlClient) => (results: ReadonlyArray<Placed<IncomingItem>>) =>
  Effect.gen(function* () {
    const touched: Array<string> = []
    const unjoined: Array<Placed<IncomingItem>> = []
    for (const result of results) {
      const runKey = yield* runOfResults(sql)(fromColumnText(result.value.itemKey))
      if (runKey === undefined) unjoined.push(result)
      else touched.push(...(yield* insertItems(sql, [{ ...result.value, runKey }])).touched)
    }
    return { touched, unjoined }
  })
