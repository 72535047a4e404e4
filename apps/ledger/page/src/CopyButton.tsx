import { useState } from 'react'

interface Props {
  readonly text: () => string
  /** The thing that is copied, for a label. */
  readonly what: string
}

/** Copies a text, and says whether that worked. */
export const CopyButton = ({ text, what }: Props) => {
  const [outcome, setOutcome] = useState<'copied' | 'not allowed'>()
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => setOutcome('copied'),
      () => setOutcome('not allowed'),
    )
    setTimeout(() => setOutcome(undefined), 2000)
  }
  return (
    <button type="button" className="button" onClick={copy}>
      Copy {what}
      <span role="status">{outcome === undefined ? '' : `: ${outcome}`}</span>
    </button>
  )
}
