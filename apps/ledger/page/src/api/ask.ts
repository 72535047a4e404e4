import { decode, draw } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { ErrorBody } from '../../../src/api/ErrorBody.ts'

/** An answer that cannot be shown, in one sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** The status of the answer; 0 without one. */
  readonly status: number

  constructor(message: string, status = 0) {
    super(message)
    this.status = status
  }
}

/** True of an answer that says no; one that failed on its way says nothing. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500

/** Asks the server, and decodes the answer: the page trusts it no more than any other source. */
export const ask = async <A, O>(codec: t.Type<A, O>, url: string, init: RequestInit = {}): Promise<A> => {
  const response = await send(url, init)
  const decoded = decode(codec)(await response.json())
  if (decoded._tag === 'Left') throw new ApiError(draw(decoded.left, url), response.status)
  return decoded.right
}

/** Asks the server for something whose answer has no body. */
export const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(url, init).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error
    throw new ApiError('The server does not answer. Is it still running?')
  })
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => undefined)
  throw new ApiError(
    ErrorBody.is(body) ? body.error.message : `The server answered ${response.status}.`,
    response.status,
  )
}

/** A request that changes something. */
export const change = (method: 'PATCH' | 'DELETE' | 'POST', body?: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})

/** The path of a run in the API. */
export const runPath = (key: string): string => `api/runs/${encodeURIComponent(key)}`
