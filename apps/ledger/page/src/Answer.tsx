import type { ReactNode } from 'react'
import { isRefusal } from './api/ask.ts'
import { escapeLines } from './escapeLines.ts'
import { askAgain } from './api/queries.ts'
import { allRuns, link } from './Route.ts'

/** An answer that is loading. */
export const Loading = () => (
  <p className="lead" aria-live="polite">
    Reading the ledger …
  </p>
)

/** An answer that failed, in one sentence. */
export const Failure = ({ error }: { readonly error: { readonly message: string } }) => (
  <div role="alert" className="trouble">
    <p>{escapeLines(error.message)}</p>
    <div className="actions">
      <button type="button" className="button" onClick={askAgain}>
        Try again
      </button>
      <a href={link(allRuns)}>All runs</a>
    </div>
  </div>
)

interface AnswerProps<A> {
  /** The heading of a view that has nothing to show. */
  readonly title: string
  readonly answer: {
    readonly data: A | undefined
    readonly error: Error | null
    readonly isPending: boolean
  }
  readonly children: (data: A) => ReactNode
}

/** An answer, or why there is none. One that fails on its way leaves what is shown already. */
export const Answer = <A,>({ title, answer: { data, error, isPending }, children }: AnswerProps<A>) => {
  const isShown = data !== undefined && !isRefusal(error)
  return (
    <>
      {isPending && <Loading />}
      {error !== null && !isShown && <h1>{title}</h1>}
      {error !== null && <Failure error={error} />}
      {isShown && children(data)}
    </>
  )
}
