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
  'NotJson',
  'Unexpected',
  'PagesRepeat',
])

/** True if the same request may succeed when it is made again. */
export const isTransient = ({ kind }: ServiceError): boolean => transient.has(kind)

/** The facts that the words of an error depend on. */
export interface Asked {
  /** The address without query, user and password. */
  readonly subject: string
  /** The name of the environment variable of the key, where the key has one. */
  readonly keyName: string | undefined
  readonly hasKey: boolean
}

/** The error of an answer that is no success; undefined for one that is. */
export const fromStatus = (
  status: number,
  said: string | undefined,
  { subject, keyName, hasKey }: Asked,
  notBefore: number | undefined,
): ServiceError | undefined => {
  if (status >= 200 && status < 300) return undefined
  const why = said === undefined ? `${status}` : `${status}: ${said}`
  const error = (kind: ServiceErrorKind, text: string) => serviceError(kind, `${subject}: ${text}`, notBefore)
  const name = keyName ?? 'OPENAI_API_KEY'
  if (status === 401 || status === 403)
    return error(
      'Unauthorized',
      hasKey
        ? `the key is refused (${why}). Put a key of this service into ${name}, or name another variable with --api-key-env.`
        : `a key is required (${why}). Put it into ${name}, or name its variable with --api-key-env.`,
    )
  if (status === 404)
    return error('NotFound', `not there (${why}). Check the base URL, which often ends with /v1, and the id.`)
  if (status === 429) return error('RateLimited', `too many requests (${why}). It is asked again later.`)
  if (status >= 300 && status < 400)
    return error(
      'Redirected',
      `redirects (${why}). Pass --base-url with the final address; the key is not sent there.`,
    )
  if (status === 408 || status === 409 || status >= 500)
    return error('Unavailable', `the service fails (${why}). It is asked again later.`)
  return error('Refused', `refused (${why}). Check the base URL, --dialect and --api-version.`)
}

/** The codes of Node and undici for a failed connection, in words. */
const networkWords: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of this name. Check --base-url and the network.',
  EAI_AGAIN: 'the name of the host cannot be looked up. Check the network and --base-url.',
  ECONNREFUSED: 'nothing answers at this address. Start the service, or check --base-url.',
  ECONNRESET: 'the connection broke. It is tried again later.',
  UND_ERR_SOCKET: 'the connection broke. It is tried again later.',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time. Check the network, HTTPS_PROXY and --base-url.',
  ENETUNREACH: 'the network cannot be reached. Check the network.',
  EHOSTUNREACH: 'the host cannot be reached. Check the network.',
  ETIMEDOUT: 'the host does not answer. Check the network, HTTPS_PROXY and --base-url.',
  CERT_HAS_EXPIRED: 'its certificate has expired. Renew it.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed. Name the file of its authority in SSL_CERT_FILE.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is of a private authority. Name the file of that authority in SSL_CERT_FILE.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is of an unknown authority. Name the file of that authority in SSL_CERT_FILE.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is of an unknown authority. Name the file of that authority in SSL_CERT_FILE.',
}

/** The error of a connection that was not made, or broke. */
export const fromNetworkError = (cause: unknown, { subject }: Asked): ServiceError => {
  const { code, message } = innermost(cause)
  const words = code === undefined ? undefined : networkWords[code]
  const text =
    words ?? `no answer (${escapeUnprintable(code ?? message, 200)}). Check the network and --base-url.`
  return serviceError('NoConnection', `${subject}: ${text}`)
}

const innermost = (cause: unknown): { readonly code?: string; readonly message: string } => {
  let found: unknown = cause
  for (let depth = 0; depth < 8 && typeof found === 'object' && found !== null; depth++) {
    const { code, cause: inner, errors } = found as Readonly<Record<string, unknown>>
    if (typeof code === 'string') return { code, message: code }
    const next = inner ?? (Array.isArray(errors) ? errors[0] : undefined)
    if (next === undefined) break
    found = next
  }
  return { message: found instanceof Error ? found.message : String(found) }
}
