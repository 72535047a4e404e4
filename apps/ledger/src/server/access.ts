import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import * as Effect from 'effect/Effect'
import type * as Headers from 'effect/http/Headers'
import { type LedgerError, ledgerError } from '../LedgerError.ts'
import { type ApiError, apiError } from './ApiError.ts'
import { quoteHeader } from './quoteHeader.ts'

/** The clients that the server answers to. */
export interface Access {
  /** The address to listen on. */
  readonly host: string
  /** Further names of this server in requests. */
  readonly allowedHosts: ReadonlyArray<string>
  /** The token that requests have to bring. */
  readonly token: string | undefined
}

/** This machine alone, without a token. */
export const ownMachine: Access = { host: '127.0.0.1', allowedHosts: [], token: undefined }

const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/i.test(host)

const minToken = 16

/** The access of the flags, or the reason why it would be open to anybody. */
export const accessOf = ({
  host,
  allowedHosts,
  tokenEnv,
}: Omit<Access, 'token'> & { readonly tokenEnv: string | undefined }): Effect.Effect<Access, LedgerError> => {
  if (tokenEnv === undefined)
    return isLoopback(host) && allowedHosts.length === 0
      ? Effect.succeed({ host, allowedHosts, token: undefined })
      : Effect.fail(
          ledgerError(
            '--host, --allowed-host: they open the ledger to others. Pass --token-env NAME, an environment variable that holds a token.',
          ),
        )
  const token = process.env[tokenEnv] ?? ''
  if (token.length >= minToken) return Effect.succeed({ host, allowedHosts, token })
  const problem = token === '' ? 'is not set' : `holds fewer than ${minToken} characters`
  return Effect.fail(
    ledgerError(
      `--token-env: the variable ${tokenEnv} ${problem}. Put a token of ${minToken} characters or more into it.`,
    ),
  )
}

/** Refuses a request by a name that is not this server's, or without the token. */
export const refuseStranger = (
  { host: address, allowedHosts, token }: Access,
  url: string,
  headers: Headers.Headers,
): ApiError | undefined => {
  // a probe brings no token, and the name or the address that it has for the server, if any
  if (token !== undefined && url === '/healthz') return undefined
  if (headers['host'] === undefined)
    return apiError(400, 'No Host: a request has to name the server that it is meant for.')
  const name = headers['host'].replace(/:\d+$/, '').toLowerCase()
  // an address cannot be a name that somebody points at this machine
  const isKnown =
    isLoopback(name) ||
    allowedHosts.some(allowed => allowed.toLowerCase() === name) ||
    (!isLoopback(address) && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0)
  if (!isKnown)
    return apiError(
      421,
      `Host ${quoteHeader(headers['host'])}: this server answers to its own machine and its allowed hosts only. Pass the name to --allowed-host, or let a proxy keep the Host header.`,
    )
  if (token === undefined) return undefined
  return isToken(token, headers['authorization'])
    ? undefined
    : apiError(401, 'Authorization: no valid token. Pass it as the password, or as a Bearer token.')
}

/** A bearer token of a program, or the password that a browser asks for. */
const isToken = (token: string, authorization = ''): boolean => {
  const [, scheme = '', credentials = ''] = /^(\S+) +(.*)$/.exec(authorization) ?? []
  const given =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(credentials, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
      : credentials
  return /^(basic|bearer)$/i.test(scheme) && timingSafeEqual(digest(given), digest(token))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
