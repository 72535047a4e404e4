import { link } from './Route.ts'
import type { ApiResult } from './useApi.ts'

/** A response that is loading, or failed. */
export const Loading = ({
  answer,
}: {
  readonly answer: Exclude<ApiResult<unknown>, { readonly _tag: 'Ready' }>
}) =>
  answer._tag === 'Waiting' ? (
    <p className="lead" aria-live="polite">
      Reading the ledger …
    </p>
  ) : (
    <div role="alert" className="trouble">
      <pre>{answer.sentence}</pre>
      <a href={link({ _tag: 'Runs' })}>All runs</a>
    </div>
  )
