import { useMutation } from '@tanstack/react-query'
import { escapeUnprintable } from '@finetune-kit/codec'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ActionError } from '../ActionError.tsx'
import { asTyped } from '../asTyped.ts'
import { ApiError, ask, change, runPath, send } from '../api/ask.ts'
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
  const tagEdit = useEdit(run)
  const edit = useEdit(run)
  // those that are on their way count: the next edit would lose them
  const tags = (tagEdit.isPending ? tagEdit.variables.tags : undefined) ?? run.tags
  const { hidden } = run
  const saveNote = (note: string) => {
    if (note === run.note) unsavedNotes.delete(run.key)
    else if (!edit.isPending || edit.variables.note !== note) edit.mutate({ note })
  }
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
              tagEdit.mutate({ tags: tags.filter(other => other !== tag) })
            }}
          >
            ×
          </button>
        </span>
      ))}
      <NewTag onTag={tag => tagEdit.mutateAsync({ tags: [...tags, tag] })} />
      <Note note={run.note} unsaved={unsavedNotes.get(run.key)} onNote={saveNote} />
      <button type="button" className="button" onClick={() => edit.mutate({ hidden: !hidden })}>
        {hidden ? 'Show in lists' : 'Hide'}
      </button>
      <Deletion run={run} />
      <ActionError error={tagEdit.error ?? edit.error} />
    </div>
  )
}

/** Changes the words about a run, one change after the other, also while the page is left. */
const useEdit = ({ key, note: base }: RunRow) =>
  useMutation({
    mutationFn: (body: Edit) => ask(RunRow, runPath(key), { ...change('PATCH', body), keepalive: true }),
    onMutate: () => base,
    onSuccess: (_, { note }) => {
      if (note !== undefined) unsavedNotes.delete(key)
      return queryClient.invalidateQueries()
    },
    onError: (error, { note: text }, base) => {
      if (error instanceof ApiError && error.status === 404) unsavedNotes.delete(key)
      else if (text !== undefined && base !== undefined) unsavedNotes.set(key, { text, base })
    },
    scope: { id: key },
  })

/** A note that the server did not take, and the note that it was made of. */
interface UnsavedNote {
  readonly text: string
  readonly base: string
}

/** By the keys of runs: they wait until the reader comes back to the run. */
const unsavedNotes = new Map<string, UnsavedNote>()

// they would be lost without a word
addEventListener('beforeunload', event => {
  if (unsavedNotes.size > 0) event.preventDefault()
})

const NewTag = ({ onTag }: { readonly onTag: (tag: string) => Promise<unknown> }) => {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const tag = text.trim()
    setText('')
    // one that was not taken comes back
    if (tag !== '') onTag(tag).catch(() => setText(typed => (typed === '' ? tag : typed)))
  }
  return (
    <form onSubmit={submit}>
      <input
        className="field"
        aria-label="New tag"
        {...asTyped}
        placeholder="New tag"
        maxLength={60}
        value={text}
        onChange={event => setText(event.target.value)}
      />
    </form>
  )
}

interface NoteProps {
  readonly note: string
  /** One that was typed before, and not saved. */
  readonly unsaved: UnsavedNote | undefined
  readonly onNote: (note: string) => void
}

/**
 * A note is saved when the cursor leaves it, by Enter, and when the reader leaves the view. One
 * that was changed elsewhere since the typing began is replaced only on request.
 */
const Note = ({ note, unsaved, onNote }: NoteProps) => {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(unsaved?.text ?? note)
  /** The note that the text was made of, and the texts that were sent and are not seen again yet. */
  const [base, setBase] = useState(unsaved?.base ?? note)
  const [sent, setSent] = useState<ReadonlyArray<string>>([])
  const isOwn = note === text || sent.includes(note)
  if (note !== base && (isOwn || text === base)) {
    setBase(note)
    setSent(sent.slice(sent.indexOf(note) + 1))
    // what is typed meanwhile is kept
    if (text === base) setText(note)
  }
  const isChanged = note !== base
  const replace = () => {
    if (text !== note) setSent([...sent, text])
    onNote(text)
  }
  const save = () => {
    if (!isChanged) replace()
  }
  const latest = useRef(save)
  useEffect(() => {
    latest.current = save
  })
  useEffect(() => {
    const saveLatest = () => latest.current()
    addEventListener('pagehide', saveLatest)
    return () => {
      removeEventListener('pagehide', saveLatest)
      saveLatest()
    }
  }, [])
  return (
    <form
      className="note-form"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <input
        ref={input}
        className="field"
        aria-label="Note"
        autoComplete="off"
        placeholder="Note"
        maxLength={2000}
        value={text}
        onChange={event => setText(event.target.value)}
        onBlur={save}
      />
      <span role="status">
        {isChanged &&
          (note === '' ? 'Removed elsewhere.' : `Changed elsewhere: ${escapeUnprintable(note, 400)}`)}
        {!isChanged && unsaved?.text === text && text !== note && 'Not saved yet.'}
      </span>
      {isChanged && (
        <span
          className="actions"
          // the buttons go with the question, and the focus would be lost
          onClick={() => input.current?.focus()}
        >
          <button type="button" className="link" onClick={replace}>
            Replace it
          </button>
          <button
            type="button"
            className="link"
            onClick={() => {
              setBase(note)
              setText(note)
            }}
          >
            Take it
          </button>
        </span>
      )}
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
