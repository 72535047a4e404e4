import { link } from './Route.ts'
import type { Answer } from './useAnswer.ts'

/** An answer that is not there, yet or at all. */
export const Waiting = ({
  answer,
}: {
  readonly answer: Exclude<Answer<unknown>, { readonly _tag: 'Ready' }>
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
