import { type Answer, failure, json } from './Answer.ts'

interface Item {
  readonly id: string
}

/**
 * One page of a list whose items are passed oldest first. Services that are only compatible keep
 * that order, and do not tell whether there are more.
 */
export const page = (
  items: ReadonlyArray<Item>,
  query: URLSearchParams,
  { isCompatible }: { readonly isCompatible: boolean },
): Answer => {
  const ordered = isCompatible ? items : items.toReversed()
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
    ...(isCompatible ? {} : { has_more: start + limit < ordered.length }),
  })
}
