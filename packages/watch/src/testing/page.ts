import { type Answer, failure, json } from './Answer.ts'

/** The ways in which services cut a list into pages. */
export interface PageStyle {
  /** True if the oldest item comes first. Default: the newest. */
  readonly isOldestFirst?: boolean
  /** True if pages do not tell whether there are more. */
  readonly lacksHasMore?: boolean
}

interface Item {
  readonly id: string
}

/** One page of a list whose items are passed oldest first. */
export const page = (
  items: ReadonlyArray<Item>,
  query: URLSearchParams,
  { isOldestFirst = false, lacksHasMore = false }: PageStyle,
): Answer => {
  const ordered = isOldestFirst ? items : items.toReversed()
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 20), 1), 100)
  const after = query.get('after')
  const start = after === null ? 0 : ordered.findIndex(({ id }) => id === after) + 1
  if (after !== null && start === 0) return failure(400, `Invalid value for "after": ${after}`)
  const data = ordered.slice(start, start + limit)
  return json({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    ...(lacksHasMore ? {} : { has_more: start + limit < ordered.length }),
  })
}
