import { decode, type DecodeError } from '@finetune-kit/codec'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { Requests } from './Requests.ts'
import { type ServiceError, serviceError } from './ServiceError.ts'

/** An item of a list that is not the record it should be. */
export interface OddRecord {
  readonly value: unknown
  readonly error: DecodeError
}

/** The items of one page that no page before it had, each as it came. */
export type Page<A> = ReadonlyArray<E.Either<OddRecord, A>>

/** The number of items to ask for: the most that services allow. */
const pageSize = '100'

/** The most items of one answer: legacy lists come whole, and have hundreds. */
const maxItems = 100_000

/** The number of times that a page is asked for again that brings nothing new. */
const maxRepeats = 5

interface Cursor {
  readonly after: string | undefined
  /** The id at the other end of the page before: the cursor of a page in the other order. */
  readonly otherEnd: string | undefined
}

/**
 * Walks through a list, page by page, until it ends. An item that comes twice is emitted once. A
 * page that only repeats is asked for again; if it stays like that, the list has ended where it
 * does not say so, and is in error where it says that there is more.
 */
export const pages =
  (requests: Requests, { isWhole }: { readonly isWhole: boolean }) =>
  <A>(path: ReadonlyArray<string>, codec: t.Type<A>): Stream.Stream<Page<A>, ServiceError> =>
    Stream.suspend(() => {
      const seen = new Set<string>()
      const decodeItem = decode(codec)
      const read = (value: unknown): E.Either<OddRecord, A> => {
        const result = decodeItem(value)
        return E.isRight(result) ? result : E.left({ value, error: result.left })
      }
      const next = Effect.fnUntraced(function* ({ after, otherEnd }: Cursor) {
        for (let i = 0; ; i++) {
          const cursor = i % 2 === 1 ? (otherEnd ?? after) : after
          const query = cursor === undefined ? { limit: pageSize } : { limit: pageSize, after: cursor }
          const list = yield* requests.json(path, query)
          const items = itemsOf(list)
          if (items === undefined) return yield* Effect.fail(notAList(requests.subject(path)))
          if (items.length > maxItems) return yield* Effect.fail(tooMany(requests.subject(path)))
          const fresh = [...keyed(items)].filter(([key]) => !seen.has(key))
          const isEnd = isWhole || items.length === 0 || hasMore(list) === false
          if (fresh.length > 0 || isEnd || after === undefined || i === maxRepeats) {
            if (fresh.length === 0 && !isEnd && hasMore(list) === true)
              return yield* Effect.fail(repeats(requests.subject(path)))
            for (const [key] of fresh) seen.add(key)
            const following = fresh.length === 0 || isEnd ? undefined : cursorAfter(list, items)
            return [fresh.map(([, item]) => read(item)), following] as const
          }
        }
      })
      return Stream.unfold<Cursor | undefined, Page<A>, ServiceError, never>(
        { after: undefined, otherEnd: undefined },
        cursor => (cursor === undefined ? Effect.succeed(undefined) : next(cursor)),
      )
    })

/** The items of a list; some servers answer with the bare array. */
export const itemsOf = (list: unknown): ReadonlyArray<unknown> | undefined => {
  const data = Array.isArray(list) ? list : fieldOf(list, 'data')
  return Array.isArray(data) ? data : undefined
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

const hasMore = (list: unknown): boolean | undefined => {
  const value = fieldOf(list, 'has_more')
  return typeof value === 'boolean' ? value : undefined
}

const idOf = (item: unknown): string | undefined => {
  const id = fieldOf(item, 'id')
  return typeof id === 'string' ? id : undefined
}

/** Items by their ids. Equal items without ids are several: legacy events have none. */
const keyed = (items: ReadonlyArray<unknown>): ReadonlyMap<string, unknown> => {
  const found = new Map<string, unknown>()
  const equals = new Map<string, number>()
  const numbered = (text: string): string => {
    const n = equals.get(text) ?? 0
    equals.set(text, n + 1)
    return `item ${n} ${text}`
  }
  for (const item of items) {
    const id = idOf(item)
    const key = id === undefined ? numbered(JSON.stringify(item)) : `id ${id}`
    if (!found.has(key)) found.set(key, item)
  }
  return found
}

/** `last_id` counts where it is one of the ids; some servers fill it with something else. */
const cursorAfter = (list: unknown, items: ReadonlyArray<unknown>): Cursor | undefined => {
  const ids = items.flatMap(item => idOf(item) ?? [])
  const last = fieldOf(list, 'last_id')
  const after = typeof last === 'string' && ids.includes(last) ? last : ids.at(-1)
  return after === undefined ? undefined : { after, otherEnd: after === ids[0] ? ids.at(-1) : ids[0] }
}

const notAList = (subject: string): ServiceError =>
  serviceError('Unexpected', `${subject}: the answer is no list. Check the base URL and the dialect.`)

const tooMany = (subject: string): ServiceError =>
  serviceError(
    'TooLarge',
    `${subject}: the answer is a list of more than ${maxItems} items. It was not read; check the base URL.`,
  )

const repeats = (subject: string): ServiceError =>
  serviceError(
    'PagesRepeat',
    `${subject}: the same page is repeated, and says that there is more. It is asked again later.`,
  )
