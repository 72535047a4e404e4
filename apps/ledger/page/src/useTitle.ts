import { escapeUnprintable } from '@finetune-kit/codec'
import { useEffect } from 'react'

/** Sets the title of the page: the thing that is shown, and the part of it. */
export const useTitle = (...parts: ReadonlyArray<string>): void => {
  const title = [
    ...parts.filter(part => part !== '').map(part => escapeUnprintable(part, 80)),
    'The ledger',
  ].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
