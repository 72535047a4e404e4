import { useMutation } from '@tanstack/react-query'
import { escapeUnprintable } from '@finetune-kit/codec'
import { type FormEvent, useState } from 'react'
import { ActionError } from '../ActionError.tsx'
import { ask, change, runPath, send } from '../api/ask.ts'
import { queryClient } from '../api/queries.ts'
import { RunRow } from '../../../src/api/RunRow.ts'
import { Menu } from '../Menu.tsx'
import { everything, go, link } from '../Route.ts'
import { lastList } from '../runs/lastList.ts'
import { nameOf } from '../runs/nameOf.ts'

interface Props {
  readonly run: RunRow
}

type Edit = Partial<Pick<RunRow, 'tags' | 'note' | 'hidden'>>

/** The words of the reader about a run: tags, a note, hidden or not. It can be deleted here. */
export const Marks = ({ run }: Props) => {
  const edit = useMutation({
    mutationFn: (body: Edit) => ask(RunRow, runPath(run.key), change('PATCH', body)),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const { tags, hidden } = run
  return (
    <div className="marks" role="group" aria-label="Marks of the run" tabIndex={-1}>
      {tags.map(tag => (
        <span key={tag} className="tag">
          <a href={link({ _tag: 'Runs', query: { ...everything, tag } })}>{escapeUnprintable(tag, 40)}</a>
          <button
            type="button"
            aria-label={`Remove the tag ${escapeUnprintable(tag, 40)}`}
            onClick={({ currentTarget }) => {
              // the button goes with its tag, and the focus would be lost
              currentTarget.closest<HTMLElement>('.marks')?.focus()
              edit.mutate({ tags: tags.filter(other => other !== tag) })
            }}
          >
            ×
          </button>
        </span>
      ))}
      <NewTag onTag={tag => edit.mutate({ tags: [...tags, tag] })} />
      <Note key={run.key} note={run.note} onNote={note => edit.mutate({ note })} />
      <button type="button" className="button" onClick={() => edit.mutate({ hidden: !hidden })}>
        {hidden ? 'Show in lists' : 'Hide'}
      </button>
      <Deletion run={run} />
      <ActionError error={edit.error} />
    </div>
  )
}

const NewTag = ({ onTag }: { readonly onTag: (tag: string) => void }) => {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const tag = text.trim()
    if (tag !== '') onTag(tag)
    setText('')
  }
  return (
    <form onSubmit={submit}>
      <input
        className="field"
        aria-label="New tag"
        placeholder="New tag"
        maxLength={60}
        value={text}
        onChange={event => setText(event.target.value)}
      />
    </form>
  )
}

/** A note is saved when the cursor leaves it, or by Enter. */
const Note = ({ note, onNote }: { readonly note: string; readonly onNote: (note: string) => void }) => {
  const [text, setText] = useState(note)
  const [saved, setSaved] = useState(note)
  if (note !== saved) {
    setSaved(note)
    // what is typed meanwhile is kept
    if (text === saved) setText(note)
  }
  const save = () => {
    if (text !== note) onNote(text)
  }
  return (
    <form
      className="note-form"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <input
        className="field"
        aria-label="Note"
        placeholder="Note"
        maxLength={2000}
        value={text}
        onChange={event => setText(event.target.value)}
        onBlur={save}
      />
    </form>
  )
}

/** Deletes a run after two questions: there is no way back. */
const Deletion = ({ run }: Props) => {
  const [isSure, setSure] = useState(false)
  const remove = useMutation({
    mutationFn: () => send(runPath(run.key), change('DELETE')),
    onSuccess: async () => {
      go(lastList.get())
      queryClient.removeQueries({ queryKey: ['run', run.key] })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Menu title="Delete …">
      <p>
        Deletes <code>{nameOf(run)}</code> with its history, events and checkpoints. Nothing brings it back
        but another import.
      </p>
      <label>
        <input type="checkbox" checked={isSure} onChange={() => setSure(!isSure)} /> I am sure
      </label>
      <button type="button" className="button danger" disabled={!isSure} onClick={() => remove.mutate()}>
        Delete this run
      </button>
      <ActionError error={remove.error} />
    </Menu>
  )
}
