import { decode, draw } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { useEffect, useState } from 'react'
import { ErrorBody } from '../../src/api/old.ts'

/** The state of a request. */
export type ApiResult<A> =
  | { readonly _tag: 'Waiting' }
  | { readonly _tag: 'Failed'; readonly sentence: string }
  | { readonly _tag: 'Ready'; readonly value: A }

/**
 * Fetches a URL and decodes the response: the page trusts it no more than any other source.
 * `keeps`: the last result stays until the next one comes.
 */
export const useApi = <A, O>(codec: t.Type<A, O>, url: string, keeps = false): ApiResult<A> => {
  const [known, setKnown] = useState<{ readonly url: string; readonly answer: ApiResult<A> }>()
  useEffect(() => {
    const stop = new AbortController()
    ask(codec, url, stop.signal).then(
      answer => setKnown({ url, answer }),
      () => stop.signal.aborted || setKnown({ url, answer: failed('The server does not answer.') }),
    )
    return () => stop.abort()
  }, [codec, url])
  return known !== undefined && (keeps || known.url === url) ? known.answer : { _tag: 'Waiting' }
}

const ask = async <A, O>(codec: t.Type<A, O>, url: string, signal: AbortSignal): Promise<ApiResult<A>> => {
  const response = await fetch(url, { signal })
  const body: unknown = await response.json()
  if (!response.ok) return failed(ErrorBody.is(body) ? body.error.message : 'The server could not answer.')
  const decoded = decode(codec)(body)
  return decoded._tag === 'Right' ? { _tag: 'Ready', value: decoded.right } : failed(draw(decoded.left, url))
}

const failed = (sentence: string) => ({ _tag: 'Failed', sentence }) as const
