import { useState } from 'react'

interface Props {
  readonly text: () => string
  /** The thing that is copied, for a label. */
  readonly what: string
}

/** Copies a text, and says whether that worked. */
export const CopyButton = ({ text, what }: Props) => {
  const [outcome, setOutcome] = useState<'Copied' | 'Not allowed'>()
  const copy = () => {
    copyText(text()).then(
      () => setOutcome('Copied'),
      () => setOutcome('Not allowed'),
    )
    setTimeout(() => setOutcome(undefined), 2000)
  }
  return (
    <button type="button" className="button copy" onClick={copy}>
      <span>Copy {what}</span>
      <span role="status">{outcome}</span>
    </button>
  )
}

/** Copies a text. Where the page comes by `http` from another host, a browser has no clipboard. */
const copyText = async (text: string): Promise<void> => {
  if (isSecureContext) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  const { activeElement } = document
  area.value = text
  area.className = 'unseen'
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true })
  if (!isCopied) throw new Error('not allowed')
}
