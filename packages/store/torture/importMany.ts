/**
 * Imports the last snapshots of so many runs, ten snapshots each, and prints the peak of resident
 * memory in MB.
 *
 * Arguments: the file of the database, the number of snapshots.
 */
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { openStore } from '../src/openStore.ts'
import type { ImportRecord } from '../src/sortRecords.ts'
import { manyRuns } from './manyRuns.ts'

const [db = '', count = '0'] = process.argv.slice(2)

/** Every run is seen ten times, each time with a few more steps. */
const snapshots = function* (): Generator<ReadonlyArray<ImportRecord>> {
  for (const value of manyRuns(Number(count) / 10))
    yield Array.from({ length: 10 }, (_, i): ImportRecord => {
      const record = { ...(value.record as object), trained_tokens: i * 1000 }
      return { _tag: 'Record', value: { ...value, seen_at: value.seen_at + i, record }, offset: 0 }
    })
}

const report = await Effect.runPromise(
  Effect.scoped(
    Effect.flatMap(openStore({ db }), store =>
      store.importObservations(Stream.fromIterable(snapshots()), { source: 'torture' }),
    ),
  ),
)
const { user, system } = process.cpuUsage()
const mb = process.resourceUsage().maxRSS / 1024
process.stdout.write(`${JSON.stringify({ ...report, mb, cpu: (user + system) / 1e6 })}\n`)
