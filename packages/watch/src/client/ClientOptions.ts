import { escapeUnprintable } from '@finetune-kit/codec'
import type { Dialect } from '@finetune-kit/model'
import type * as Redacted from 'effect/Redacted'
import * as E from '#fp-ts/Either'
import { type ServiceError, serviceError } from './ServiceError.ts'

export interface ClientOptions {
  /** The address of the service, as its SDK takes it: `https://api.openai.com/v1`. */
  readonly baseUrl: string
  readonly key?: Redacted.Redacted
  /** The name of the environment variable of the key, for messages. */
  readonly keyName?: string | undefined
  /** Default: azure for hosts of Azure, openai for api.openai.com, else compatible. */
  readonly dialect?: Dialect | undefined
  /** The version of Azure's older paths. Default: the newer paths, which need none. */
  readonly apiVersion?: string | undefined
  /** True if the key is a token of Microsoft Entra: it is sent as a bearer token. */
  readonly isBearer?: boolean
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds that one answer may take. Default: 60,000. */
  readonly timeout?: number
  /** The largest answer. Default: 32 MiB. */
  readonly maxBytes?: number
  /** The number of times that a request is made before its error counts. Default: 5. */
  readonly attempts?: number
  /** Milliseconds before the second attempt; doubles with each. Default: 250. */
  readonly retryDelay?: number
  /** The largest number of requests at a time. Default: 8. */
  readonly concurrency?: number
  /** The largest number of requests in a minute. Default: no limit but that of the service. */
  readonly requestsPerMinute?: number
}

/** Options that are checked: where requests go and what they carry. */
export interface Address {
  /** The base URL without a slash at its end, without user, password and query. */
  readonly source: string
  readonly dialect: Dialect
  readonly query: Readonly<Record<string, string>>
}

/** The error of a key that no header can hold, under the name of its variable or option. */
export const keyError = (key: string, name: string): ServiceError | undefined =>
  /^[\u0021-\u007e]*$/.test(key)
    ? undefined
    : serviceError(
        'BadOptions',
        `${name}: not a key. It holds spaces or control characters; copy the key again.`,
      )

const azureHost = /\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$/

/** Checks a base URL and completes it as the SDKs do. */
export const addressOf = ({
  baseUrl,
  dialect,
  apiVersion,
}: ClientOptions): E.Either<ServiceError, Address> => {
  const url = URL.parse(baseUrl)
  if (url === null || !/^https?:$/.test(url.protocol))
    return E.left(
      serviceError(
        'BadOptions',
        `${escapeUnprintable(JSON.stringify(baseUrl), 200)}: not a base URL. Write it as https://HOST/v1.`,
      ),
    )
  const kind = dialect ?? detectDialect(url.hostname)
  const path = pathOfService(url.pathname)
  if (kind !== 'azure') return E.right({ source: `${url.origin}${path}`, dialect: kind, query: {} })
  const version = apiVersion ?? url.searchParams.get('api-version') ?? undefined
  const base = /\/openai(\/v1)?$/.test(path) ? path : `${path}/openai`
  const isOld = version !== undefined && !base.endsWith('/v1')
  return E.right({
    source: `${url.origin}${isOld || base.endsWith('/v1') ? base : `${base}/v1`}`,
    dialect: kind,
    query: isOld ? { 'api-version': version } : {},
  })
}

/** The path without what is copied with it: a deployment of Azure, or a resource of the service. */
const pathOfService = (path: string): string =>
  path
    .replace(/\/openai\/deployments(?:\/.*)?$/, '/openai')
    .replace(/\/(?:fine_tuning|fine-tunes|chat)(?:\/.*)?$/, '')
    .replace(/(?<!\/)\/+$/, '')

const detectDialect = (host: string): Dialect =>
  azureHost.test(host) ? 'azure' : host === 'api.openai.com' ? 'openai' : 'compatible'
