/**
 * Imports the lives of simulated runs, seed after seed, until it is killed. Prints a line for each
 * import that is acknowledged.
 *
 * Arguments: the options of the database as JSON, the first seed.
 */
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { openStore } from '../../src/openStore.ts'
import type { DatabaseOptions } from '../../src/openDatabase.ts'
import { livesOf } from './livesOf.ts'

const [options = '{}', first = '1'] = process.argv.slice(2)

await Effect.runPromise(
  Effect.scoped(
    Effect.gen(function* () {
      const store = yield* openStore(JSON.parse(options) as DatabaseOptions)
      for (let seed = Number(first); ; seed++) {
        yield* store.importObservations(Stream.make(livesOf(seed)), { source: `seed ${seed}` })
        process.stdout.write(`${seed}\n`)
      }
    }),
  ),
)
