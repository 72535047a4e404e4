/**
 * Watches all runs of a service until it is killed. Prints a line when it begins.
 *
 * Arguments: the options of the database as JSON, the base URL, the key.
 */
import { type DatabaseOptions, openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'
import { Client, Watcher } from '../../src/index.ts'

const [options = '{}', baseUrl = '', key = ''] = process.argv.slice(2)

await Effect.runPromise(
  Effect.scoped(
    Effect.gen(function* () {
      const store = yield* openStore(JSON.parse(options) as DatabaseOptions)
      const watcher = yield* Watcher.make(store, {
        clientOf: ({ baseUrl, dialect }) =>
          Client.make({ baseUrl, dialect, key: Redacted.make(key), retryDelay: 20, attempts: 4 }),
        pace: { fastest: 1, slowest: 3, settle: [1, 2], fileLooks: 60 },
        pollInterval: '200 millis',
        lockExpiration: '3 seconds',
      })
      const { connection } = yield* watcher.connect({
        baseUrl,
        dialect: 'openai',
        apiVersion: undefined,
        keyName: 'FAKE_KEY',
      })
      yield* watcher.watch(connection)
      process.stdout.write('watching\n')
      yield* watcher.run
    }),
  ),
)
