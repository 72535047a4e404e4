import type { ServerResponse } from 'node:http'
import type { Random } from '@finetune-kit/model/testing'
import { type Answer, failure, text } from './Answer.ts'

/** Names of what can go wrong with one answer. */
export type Fault = keyof typeof transports | keyof typeof answers | keyof typeof lists | 'repeated-page'

/** Sends an answer that breaks on its way. */
const transports = {
  /** The connection is closed before the answer. */
  dropped: (_: Answer, response: ServerResponse) => void response.destroy(),
  /** The connection is closed in the middle of the body. */
  'dropped-in-body': (answer: Answer, response: ServerResponse) => {
    const body = Buffer.from(answer.body)
    response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length })
    response.write(body.subarray(0, body.length >> 1), () => response.destroy())
  },
  /** A JSON text of 200 MB. */
  huge: (_: Answer, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(`{"object":"list","data":[],"filler":"`)
    const block = Buffer.alloc(1 << 20, 'x')
    let left = 200
    const more = (): void => {
      while (left > 0 && !response.destroyed) {
        left--
        if (!response.write(block)) return void response.once('drain', more)
      }
      if (left === 0) response.end(`"}`)
    }
    more()
  },
}

const html = '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>\n'

const tooMany = (): Answer => failure(429, 'Rate limit reached for requests', 'rate_limit_exceeded')

const rateLimited = (retryAfter: string): Answer => {
  const answer = tooMany()
  return { ...answer, headers: { ...answer.headers, 'retry-after': retryAfter } }
}

/** Replaces an answer by another one. */
const answers = {
  'rate-limited': () => rateLimited('1'),
  /** Without Retry-After. */
  'rate-limited-untimed': tooMany,
  'rate-limited-until': (_: Answer, now: Date) => rateLimited(new Date(now.getTime() + 2000).toUTCString()),
  'rate-limited-for-an-hour': () => rateLimited('3600'),
  'server-error': () => failure(500, 'The server had an error while processing your request'),
  'bad-gateway': () => text(html, 'text/html', 502),
  html: () => text(html, 'text/html'),
  truncated: (answer: Answer) => ({ ...answer, body: answer.body.slice(0, answer.body.length >> 1) }),
  unauthorized: () => failure(401, 'Incorrect API key provided', 'invalid_api_key'),
  vanished: () => failure(404, 'Could not find fine tune', 'fine_tune_not_found'),
} satisfies Readonly<Record<string, (answer: Answer, now: Date) => Answer>>

/** Changes the items of a list. */
const lists = {
  'other-order': (items: ReadonlyArray<unknown>) => items.toReversed(),
  shuffled: (items: ReadonlyArray<unknown>, random: Random) =>
    items
      .map(item => [random.int(0, 1e9), item] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, item]) => item),
  twice: (items: ReadonlyArray<unknown>) => items.flatMap(item => [item, item]),
} satisfies Readonly<
  Record<string, (items: ReadonlyArray<unknown>, random: Random) => ReadonlyArray<unknown>>
>

/** Faults that pass: the same request may be answered well the next time. */
export const passingFaults: ReadonlyArray<Fault> = [
  'dropped',
  'dropped-in-body',
  'rate-limited',
  'server-error',
  'bad-gateway',
  'html',
  'truncated',
  'other-order',
  'shuffled',
  'twice',
]

/** Sends an answer, spoiled by a fault or as it is. */
export const send = (
  answer: Answer,
  fault: Fault | undefined,
  {
    response,
    random,
    now,
  }: { readonly response: ServerResponse; readonly random: Random; readonly now: Date },
): void => {
  if (fault !== undefined && fault in transports)
    return transports[fault as keyof typeof transports](answer, response)
  const { status, headers, body } = spoil(answer, fault, random, now)
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

const spoil = (answer: Answer, fault: Fault | undefined, random: Random, now: Date): Answer => {
  if (fault === undefined) return answer
  if (fault in answers) return answers[fault as keyof typeof answers](answer, now)
  const changed = lists[fault as keyof typeof lists] as (typeof lists)['shuffled'] | undefined
  if (changed === undefined || !answer.body.startsWith('{"object":"list"')) return answer
  const list = JSON.parse(answer.body) as { readonly data: ReadonlyArray<unknown> }
  return { ...answer, body: JSON.stringify({ ...list, data: changed(list.data, random) }) }
}
