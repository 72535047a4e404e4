import { escapeUnprintable } from '@finetune-kit/codec'
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
    <pre>{escapeUnprintable(error.message, 2000)}</pre>
    <a href={link(allRuns)}>All runs</a>
  </div>
)
