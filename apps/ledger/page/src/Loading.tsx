import { escapeLines } from './escapeLines.ts'
import { queryClient } from './api/queries.ts'
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
    <p>{escapeLines(error.message, 2000)}</p>
    <div className="actions">
      <button type="button" className="button" onClick={askAgain}>
        Try again
      </button>
      <a href={link(allRuns)}>All runs</a>
    </div>
  </div>
)

/** Asks again whatever failed. */
export const askAgain = (): void =>
  void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
