import { escapeUnprintable } from '@finetune-kit/codec'
import { useEffect } from 'react'

/** Sets the title of the page. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = title === '' ? 'The ledger' : `${escapeUnprintable(title, 80)} · The ledger`
  }, [title])
}
