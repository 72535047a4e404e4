import { decode } from '@finetune-kit/codec'
import { ApiError } from '../api/ask.ts'
import { ImportStatus } from '../../../src/api/imports.ts'

/** Follows an import until it ends. */
export const follow = ({ id }: ImportStatus, onStatus: (status: ImportStatus) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const source = new EventSource(`/api/imports/${encodeURIComponent(id)}/events`)
    source.addEventListener('import', ({ data }) => {
      const status = decode(ImportStatus)(JSON.parse(String(data)))
      if (status._tag === 'Left') return
      onStatus(status.right)
      if (status.right.ended_at === null) return
      source.close()
      resolve()
    })
    source.addEventListener('error', () => {
      // the browser connects again by itself, unless the server refused
      if (source.readyState === EventSource.CLOSED)
        reject(new ApiError('The server does not tell how far the import is. Reload the page.'))
    })
  })
