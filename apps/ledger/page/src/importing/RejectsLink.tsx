import { useMutation } from '@tanstack/react-query'
import { ImportStatus } from '../../../src/api/imports.ts'
import { ActionError } from '../ActionError.tsx'
import { ApiError, ask } from '../api/ask.ts'

type Import = Pick<ImportStatus, 'id' | 'started_at'>

/** Saves all rejected records of an import, or says that the server does not have them any more. */
export const RejectsLink = ({ status }: { readonly status: Import }) => {
  const href = `${pathOf(status)}/rejects`
  const save = useMutation({ mutationFn: () => find(status), onSuccess: () => follow(href) })
  return (
    <>
      <a
        href={href}
        download
        onClick={event => {
          event.preventDefault()
          save.mutate()
        }}
      >
        Download the rejected records
      </a>{' '}
      <ActionError error={save.error} />
    </>
  )
}

const pathOf = ({ id }: Import): string => `api/imports/${encodeURIComponent(id)}`

/** Fails if the server has forgotten the import, or counts another one by its number. */
const find = async (wanted: Import): Promise<void> => {
  const found = await ask(ImportStatus, pathOf(wanted)).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 404) throw error
  })
  if (found?.started_at !== wanted.started_at) throw new ApiError(gone)
}

const gone =
  'The server does not have them any more: it keeps those of the last 100 imports, until it stops. Import the file once more.'

/** Lets the browser save a file of the server. */
const follow = (href: string): void => {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
