import { escapeUnprintable } from '@finetune-kit/codec'
import { allRuns, link } from './Route.ts'
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
      <pre>{escapeUnprintable(answer.sentence, 2000)}</pre>
      <a href={link(allRuns)}>All runs</a>
    </div>
  )
