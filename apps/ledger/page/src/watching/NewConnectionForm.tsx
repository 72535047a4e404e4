import { escapeUnprintable } from '@finetune-kit/codec'
import { type Dialect, dialects } from '@finetune-kit/model'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ActionButton } from '../ActionButton.tsx'
import { ActionError } from '../ActionError.tsx'
import type { GivenKey, NewConnection } from '../../../src/api/connections.ts'
import { queryClient } from '../api/queries.ts'
import { asTyped } from '../asTyped.ts'
import { addConnection, addWatch, testConnection, watchQueries } from './queries.ts'

/** A new connection by one of the keys that the server was started with. */
export const NewConnectionForm = ({ keys }: { readonly keys: ReadonlyArray<GivenKey> }) => {
  const [chosen, setChosen] = useState('')
  const [dialect, setDialect] = useState<Dialect>()
  const [version, setVersion] = useState('')
  const [isWhole, setWhole] = useState(true)
  const key = keys.find(({ name }) => name === chosen) ?? keys[0]
  const test = useMutation({ mutationFn: testConnection })
  const add = useMutation({
    mutationFn: async (body: NewConnection) => {
      const { id } = await addConnection(body)
      if (isWhole) await addWatch({ connection: id })
    },
    onSettled: () => queryClient.invalidateQueries(watchQueries),
  })
  if (key === undefined) return <NoKeys />
  const body: NewConnection = {
    key_name: key.name,
    ...(dialect === undefined ? {} : { dialect }),
    ...(version.trim() === '' ? {} : { api_version: version.trim() }),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate(body)
  }
  // an answer is about the choice that it was asked for
  const change = (set: () => void) => {
    test.reset()
    add.reset()
    set()
  }
  return (
    <form className="new-connection" aria-label="New connection" onSubmit={submit}>
      <label>
        Key
        <select value={key.name} onChange={event => change(() => setChosen(event.target.value))}>
          {keys.map(({ name, base_url }) => (
            <option key={name} value={name}>
              {escapeUnprintable(name, 80)} for {escapeUnprintable(base_url, 200)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Dialect
        <select
          value={dialect ?? ''}
          onChange={event => change(() => setDialect(dialects.find(name => name === event.target.value)))}
        >
          <option value="">by the host</option>
          {dialects.map(name => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        API version
        <input
          className="field"
          placeholder="none"
          {...asTyped}
          maxLength={40}
          value={version}
          onChange={event => change(() => setVersion(event.target.value))}
        />
      </label>
      <label className="check">
        <input type="checkbox" checked={isWhole} onChange={() => setWhole(!isWhole)} /> Watch all runs
      </label>
      <span className="submit">
        <ActionButton isOff={test.isPending} onClick={() => test.mutate(body)}>
          Test
        </ActionButton>
        <button type="submit" className="button main" disabled={add.isPending}>
          Add
        </button>
      </span>
      <p role="status" className={test.data?.ok === false ? 'bad' : 'good'}>
        {test.isPending ? 'Asking the service …' : escapeUnprintable(test.data?.message ?? '', 600)}
      </p>
      <ActionError error={test.error ?? add.error} />
    </form>
  )
}

/** The way to a first connection: keys are given to the server, never to the page. */
const NoKeys = () => (
  <div className="no-keys">
    <p>
      Keys stay in the environment of the server. Start it with the name of the variable that holds one, and
      the service can be watched here:
    </p>
    <pre>finetune-ledger --api-key-env OPENAI_API_KEY</pre>
    <pre>finetune-ledger --api-key-env LAB_KEY=https://lab.example/v1</pre>
  </div>
)
