import { escapeUnprintable } from '@finetune-kit/codec'
import * as Effect from 'effect/Effect'
import * as E from '#fp-ts/Either'
import * as Client from '../client/Client.ts'
import { addressOf, type ClientOptions } from '../client/ClientOptions.ts'
import { fromEnvironment } from '../client/fromEnvironment.ts'
import { requestsPerMinute } from '../client/requestBudget.ts'
import { type ServiceError, serviceError } from '../client/ServiceError.ts'
import type { NewConnection } from './Connection.ts'
import type { WatcherOptions } from './Watcher.ts'

/** A key that a process may use: its environment variable, and the one base URL it is sent to. */
export interface KeyBinding {
  readonly keyName: string
  readonly baseUrl: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads `NAME=BASE_URL`, or a NAME alone: it is bound to the base URL that the SDKs read from the
 * environment, of Azure where the name is one of Azure's.
 */
export const parse = (text: string, env: Environment = process.env): E.Either<ServiceError, KeyBinding> => {
  const [, keyName, baseUrl] = /^([A-Za-z_]\w*)(?:=(.+))?$/s.exec(text) ?? []
  if (keyName === undefined) return bad('not a variable. Pass it as --api-key-env NAME or NAME=BASE_URL.')
  const isAzure = baseUrl === undefined && keyName.startsWith('AZURE_')
  if (isAzure && (env['AZURE_OPENAI_ENDPOINT'] ?? '') === '')
    return bad(`${keyName} has no address. Pass it as ${keyName}=https://HOST, or set AZURE_OPENAI_ENDPOINT.`)
  const dialect = isAzure ? 'azure' : undefined
  const options = fromEnvironment({ apiKeyEnv: keyName, baseUrl, dialect }, env)
  if (options._tag === 'Left') return options
  const address = addressOf(options.right)
  return address._tag === 'Left'
    ? bad(
        `${keyName} is bound to ${escapeUnprintable(JSON.stringify(options.right.baseUrl), 200)}, which is not a base URL. Pass it as NAME=https://HOST/v1.`,
      )
    : E.right({ keyName, baseUrl: withoutUser(options.right.baseUrl) })
}

/** The base URL without the user and the password, which no request carries: a page may show it. */
const withoutUser = (baseUrl: string): string => {
  const url = new URL(baseUrl)
  if (url.username === '' && url.password === '') return baseUrl
  ;[url.username, url.password] = ['', '']
  return url.href
}

const bad = (message: string) => E.left(serviceError('BadOptions', `--api-key-env: ${message}`))

/** The connection of a key, with the address that requests go to. Default: the dialect of the host. */
export const connectionOf = (
  { keyName, baseUrl }: KeyBinding,
  { dialect, apiVersion }: Pick<ClientOptions, 'dialect' | 'apiVersion'>,
): E.Either<ServiceError, NewConnection> => {
  const address = addressOf({ baseUrl, dialect, apiVersion })
  return address._tag === 'Left'
    ? address
    : E.right({ keyName, baseUrl: address.right.source, dialect: address.right.dialect, apiVersion })
}

/** True if requests of the connection go to the base URL of the key, path included. */
export const isBound = ({ keyName, baseUrl }: KeyBinding, connection: NewConnection): boolean => {
  if (keyName !== connection.keyName) return false
  const [bound, asked] = [baseUrl, connection.baseUrl].map(url =>
    connectionOf({ keyName, baseUrl: url }, connection),
  )
  return bound?._tag === 'Right' && asked?._tag === 'Right' && bound.right.baseUrl === asked.right.baseUrl
}

/** The options of a watcher that uses these keys alone, each at its own base URL. */
export const watcherOptions = (
  keys: ReadonlyArray<KeyBinding>,
  env: Environment = process.env,
): Required<Pick<WatcherOptions, 'clientOf' | 'serves'>> => {
  const serves = (connection: NewConnection) => keys.some(key => isBound(key, connection))
  return {
    serves,
    clientOf: connection => {
      if (!serves(connection)) return Effect.fail(notGiven(connection))
      const { keyName, ...address } = connection
      const options = fromEnvironment({ ...address, apiKeyEnv: keyName }, env)
      return options._tag === 'Left'
        ? Effect.fail(options.left)
        : Client.make({ requestsPerMinute, ...options.right })
    },
  }
}

/** The error of a connection whose key this process was not given. */
const notGiven = ({ keyName, baseUrl }: NewConnection): ServiceError =>
  serviceError(
    'NoKey',
    `${baseUrl}: key not available. Start this process with --api-key-env ${keyName}=${baseUrl}`,
  )
