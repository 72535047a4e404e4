import { type ReactNode, useState } from 'react'

/** The number of items to show, and the button that shows more. */
export const useLimit = (total: number, step: number): readonly [number, ReactNode] => {
  const [limit, setLimit] = useState(step)
  const more = Math.min(step, total - limit)
  return [
    Math.min(limit, total),
    more > 0 ? (
      <button type="button" className="more" onClick={() => setLimit(limit + step)}>
        Show {more} more of {total}
      </button>
    ) : null,
  ]
}
