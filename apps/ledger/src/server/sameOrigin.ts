import type * as Headers from 'effect/http/Headers'
import { type ApiError, apiError } from './ApiError.ts'
import { quoteHeader } from './quoteHeader.ts'

export const noSuchType =
  'Content-Type: pass application/octet-stream for an upload, and application/json otherwise.'

/** Methods that change nothing. */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Types that a form of another site cannot send without the browser asking first. */
const types = new Set(['application/json', 'application/octet-stream'])

/**
 * Refuses a request that changes something unless a browser says that it comes from this server's
 * own page (`Sec-Fetch-Site`, `Origin`), and it has a type that no form can send. A page of another
 * site may link to this server: it could read no other response, but keep the server busy, and
 * learn from the time that a search takes.
 */
export const refuseCrossSite = (method: string, headers: Headers.Headers): ApiError | undefined => {
  const { host, origin } = headers
  const site = headers['sec-fetch-site']
  if (safe.has(method))
    return site?.endsWith('-site') === true && headers['sec-fetch-dest'] !== 'document'
      ? apiError(403, 'Another site: its pages may link to this server, and load nothing from it.')
      : undefined
  if (site === undefined && origin === undefined)
    return apiError(
      403,
      'No Origin: a request that changes something has to say where it comes from. Pass the header Origin with the address of this server, such as http://127.0.0.1:4321.',
    )
  if (site !== undefined && site !== 'same-origin')
    return apiError(403, 'Another site: only the page of this server may change something.')
  if (origin !== undefined && !isHost(origin, host))
    return apiError(
      403,
      `Another origin: only the page of this server may change something. The page is of ${quoteHeader(origin)}, the request for ${quoteHeader(host)}. A proxy between them has to keep the Host header, with its port.`,
    )
  const [type = ''] = headers['content-type']?.split(';', 1) ?? []
  return types.has(type.trim().toLowerCase()) ? undefined : apiError(415, noSuchType)
}

const isHost = (origin: string, host: string | undefined): boolean => {
  const url = URL.parse(origin)
  return url !== null && /^https?:$/.test(url.protocol) && url.host === host?.toLowerCase()
}
