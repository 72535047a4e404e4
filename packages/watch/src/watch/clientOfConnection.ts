import * as Effect from 'effect/Effect'
import * as Client from '../client/Client.ts'
import { fromEnvironment } from '../client/fromEnvironment.ts'
import { serviceError } from '../client/ServiceError.ts'
import type { WatcherOptions } from './Watcher.ts'
import type { Connection } from './Connection.ts'

/**
 * Opens a client with the key in the environment of this process. Where it has none, another
 * process may: the poll fails and is made again later.
 */
export const clientOfConnection: WatcherOptions['clientOf'] = ({
  baseUrl,
  dialect,
  apiVersion,
  keyName,
}: Connection) => {
  const options = fromEnvironment({ baseUrl, dialect, apiVersion, apiKeyEnv: keyName })
  return options._tag === 'Right'
    ? Client.make(options.right)
    : Effect.fail(
        serviceError(
          'NoKey',
          `${baseUrl}: the variable ${keyName} is not set. Put the key of this service into it, and start again.`,
        ),
      )
}
