import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ActionError } from '../ActionError.tsx'
import { queryClient } from '../api/queries.ts'
import { asTyped } from '../asTyped.ts'
import { addWatch, watchQueries } from './queries.ts'

/** A field for the id of a run to watch. */
export const NewRun = ({ connection }: { readonly connection: number }) => {
  const [id, setId] = useState('')
  const add = useMutation({
    mutationFn: (run_id: string) => addWatch({ connection, run_id }),
    onSuccess: () => setId(''),
    onSettled: () => queryClient.invalidateQueries(watchQueries),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (id.trim() !== '') add.mutate(id.trim())
  }
  return (
    <form className="new-run" onSubmit={submit}>
      <input
        className="field"
        aria-label="Id of a run to watch"
        {...asTyped}
        placeholder="Id of a run"
        maxLength={256}
        value={id}
        onChange={event => setId(event.target.value)}
      />
      <button type="submit" className="button" disabled={id.trim() === '' || add.isPending}>
        Watch this run
      </button>
      <ActionError error={add.error} />
    </form>
  )
}
