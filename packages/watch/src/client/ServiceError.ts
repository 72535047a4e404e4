import { isIPv6 } from 'node:net'
import { escapeUnprintable } from '@finetune-kit/codec'

/** A service that cannot be read. The message is `subject: problem. remedy.`, without the key. */
export interface ServiceError {
  readonly _tag: 'ServiceError'
  readonly kind: ServiceErrorKind
  readonly message: string
  /** When the service wants to be asked again, in milliseconds since 1970. */
  readonly notBefore?: number
}

/** The cases that a caller may want to tell apart. */
export type ServiceErrorKind =
  /** The options make no request: a URL that is none, a name with a slash. */
  | 'BadOptions'
  /** This process has no key for the service. */
  | 'NoKey'
  /** The key is missing, wrong or expired. */
  | 'Unauthorized'
  | 'NotFound'
  | 'RateLimited'
  /** Any other refusal: asking again does not help. */
  | 'Refused'
  /** The service points to another address, where the key is not sent. */
  | 'Redirected'
  /** The service failed: 5xx. */
  | 'Unavailable'
  | 'NoConnection'
  | 'TooSlow'
  | 'TooLarge'
  /** HTML, or other text that is no JSON. */
  | 'NotJson'
  /** JSON that is neither a list nor the record that was asked for. */
  | 'Unexpected'
  /** A list whose pages repeat without an end. */
  | 'PagesRepeat'

export const isServiceError = (error: unknown): error is ServiceError =>
  (error as { readonly _tag?: unknown })._tag === 'ServiceError'

export const serviceError = (kind: ServiceErrorKind, message: string, notBefore?: number): ServiceError => ({
  _tag: 'ServiceError',
  kind,
  message,
  ...(notBefore === undefined ? {} : { notBefore }),
})

/** Kinds after which the same request may succeed. */
const transient: ReadonlySet<ServiceErrorKind> = new Set([
  'NoKey',
  'RateLimited',
  'Unavailable',
  'NoConnection',
  'TooSlow',
  'TooLarge',
  'NotJson',
  'Unexpected',
  'PagesRepeat',
])

/** True if the same request may succeed when it is made again. */
export const isTransient = ({ kind }: ServiceError): boolean => transient.has(kind)

/** Kinds of answers to a path that a service does not have: gateways have their own. */
const ofUnknownPath: ReadonlySet<ServiceErrorKind> = new Set([
  'NotFound',
  'Refused',
  'Unauthorized',
  'Redirected',
  'NotJson',
  'Unexpected',
])

/** True for an answer to the list of legacy fine-tunes that stands for none, next to jobs. */
export const hasNoFineTunes = ({ kind }: ServiceError): boolean => ofUnknownPath.has(kind)

/** The facts that the words of an error depend on. */
export interface Asked {
  /** The address without query, user and password. */
  readonly subject: string
  /** The name of the environment variable of the key, where the key has one. */
  readonly keyName: string | undefined
  readonly hasKey: boolean
  readonly isAzure: boolean
  /** True if the path has an id. */
  readonly hasId: boolean
}

/** The error of an answer that is no success; undefined for one that is. */
export const fromStatus = (
  status: number,
  said: string | undefined,
  { subject, keyName, hasKey, isAzure, hasId }: Asked,
  notBefore: number | undefined,
): ServiceError | undefined => {
  if (status >= 200 && status < 300) return undefined
  const why = said === undefined ? `${status}` : `${status}: ${said}`
  const error = (kind: ServiceErrorKind, text: string) => serviceError(kind, `${subject}: ${text}`, notBefore)
  const name = keyName ?? (isAzure ? 'AZURE_OPENAI_API_KEY' : 'OPENAI_API_KEY')
  const id = hasId ? ', and the id' : ''
  const address = isAzure
    ? `Check that the base URL is https://RESOURCE.openai.azure.com, that the API version is one of Azure${id}.`
    : `Check the base URL, which often ends with /v1${id}.`
  if (status === 401 || status === 403)
    return error(
      'Unauthorized',
      hasKey
        ? `the key is refused (${why}). Put a key of this service into ${name}, or name another variable with --api-key-env.`
        : `a key is required (${why}). Put it into ${name}, or name its variable with --api-key-env.`,
    )
  if (status === 404 || status === 501) return error('NotFound', `not there (${why}). ${address}`)
  if (status === 429) return error('RateLimited', `too many requests (${why}). It is asked again later.`)
  if (status >= 300 && status < 400)
    return error(
      'Redirected',
      `redirects (${said ?? status}). Use the final address as the base URL; the key is not sent there.`,
    )
  if (status === 408 || status === 409 || status >= 500)
    return error('Unavailable', `the service fails (${why}). It is asked again later.`)
  return error('Refused', `refused (${why}). Check the base URL, the dialect and the API version.`)
}

const brokeOff = 'the connection broke. It is tried again later.'
const noTls = 'it answers without TLS. Use a base URL with http:// where the service has none.'
const unknownAuthority =
  'its certificate is of an unknown authority. Name the file of that authority in SSL_CERT_FILE.'

/** The codes of Node and undici for a failed connection, in words. */
const networkWords: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of this name. Check the base URL and the network.',
  EAI_AGAIN: 'the name of the host cannot be looked up. Check the network and the base URL.',
  ECONNREFUSED: 'no server answers at this address. Start the service, or check the base URL.',
  ECONNRESET: brokeOff,
  UND_ERR_SOCKET: brokeOff,
  EPIPE: brokeOff,
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time. Check the network, HTTPS_PROXY and the base URL.',
  UND_ERR_PRX_CONN: 'the proxy closed the connection. Check HTTPS_PROXY and HTTP_PROXY.',
  ENETUNREACH: 'the network cannot be reached. Check the network.',
  EHOSTUNREACH: 'the host cannot be reached. Check the network.',
  ETIMEDOUT: 'the host does not answer. Check the network, HTTPS_PROXY and the base URL.',
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  CERT_HAS_EXPIRED: 'its certificate has expired. Renew it, or check the clock of this computer.',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet. Check the clock of this computer.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is of another host. Check the base URL.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed. Name the file of its authority in SSL_CERT_FILE.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is of a private authority. Name the file of that authority in SSL_CERT_FILE.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
}

/** The error of a connection that was not made, or broke. */
export const fromNetworkError = (cause: unknown, { subject }: Asked): ServiceError => {
  const failure = innermost(cause)
  const { code, message } = failure
  const words =
    ofProxy(failure, URL.parse(subject)) ??
    (code === undefined ? undefined : networkWords[code]) ??
    `no answer (${escapeUnprintable(code ?? message, 200)}). Check the network and the base URL.`
  const isPlain = subject.startsWith('http:') && words === brokeOff
  const hint = isPlain ? ' If that stays so, use a base URL with https://.' : ''
  return serviceError('NoConnection', `${subject}: ${words}${hint}`)
}

/** The words for a proxy that refuses, or that is not there: its port is not the one of the URL. */
const ofProxy = ({ message, address, port }: Failure, url: URL | null): string | undefined => {
  const [, status] = /^Proxy response \((\d+)\)/.exec(message) ?? []
  if (status === '407')
    return 'the proxy wants a user and a password (407). Pass HTTPS_PROXY as http://USER:PASSWORD@HOST:PORT.'
  if (status !== undefined)
    return `the proxy refuses (${status}). Check HTTPS_PROXY, or name the host in NO_PROXY.`
  const own = Number(url?.port || (url?.protocol === 'https:' ? 443 : 80))
  return address === undefined || port === undefined || port === own
    ? undefined
    : `the proxy ${isIPv6(address) ? `[${address}]` : address}:${port} does not answer. Check HTTPS_PROXY and HTTP_PROXY.`
}

interface Failure {
  readonly code?: string
  readonly message: string
  readonly address?: string
  readonly port?: number
}

/** The first error with a code below these layers. */
const innermost = (cause: unknown): Failure => {
  let found: unknown = cause
  for (let depth = 0; depth < 8 && typeof found === 'object' && found !== null; depth++) {
    const { code, cause: inner, errors } = found as Readonly<Record<string, unknown>>
    // the error for all addresses of a host has the code of the first, and not its address
    const next: unknown = Array.isArray(errors) ? errors[0] : inner
    if (typeof code === 'string' && next === inner) return found as Failure
    if (next === undefined) break
    found = next
  }
  return { message: found instanceof Error ? found.message : String(found) }
}
