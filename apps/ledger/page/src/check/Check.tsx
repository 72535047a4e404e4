import { escapeUnprintable } from '@finetune-kit/codec'
import { useCallback, useId, useRef, useState } from 'react'
import { asTyped } from '../asTyped.ts'
import { pluralize } from '../pluralize.ts'
import { useDrop } from '../useDrop.ts'
import { useTitle } from '../useTitle.ts'
import './check.css'
import { InspectionReport, Verdict } from './InspectionReport.tsx'
import type { Source } from './openBytes.ts'
import { useInspection } from './useInspection.ts'

/** The input of the check, kept in memory while other views are looked at. */
let kept: Input = { text: '', source: undefined }

/** Checks what is pasted or dropped, in the browser alone. */
export const Check = () => {
  useTitle('Check')
  const [{ text, source }, setInput] = useState(kept)
  const set = useCallback((input: Input) => setInput((kept = input)), [])
  const area = useRef<HTMLTextAreaElement>(null)
  const latest = useRef<File>(undefined)
  const take = useCallback(
    async (files: ReadonlyArray<File>) => {
      const [file] = files
      if (file === undefined) return
      latest.current = file
      const bytes = await readFile(file)
      // another came while this one was read
      if (latest.current !== file) return
      const text = bytes === undefined ? '' : (textOf(bytes) ?? '')
      set({ text, source: { name: file.name, bytes, others: files.length - 1 } })
    },
    [set],
  )
  const isOver = useDrop(take)
  const type = (typed: string) => {
    latest.current = undefined
    const bytes = new TextEncoder().encode(typed)
    set({ text: typed, source: typed === '' ? undefined : { name: '', bytes, others: 0 } })
  }
  const state = useInspection(source)
  const isTyped = source?.name === ''
  return (
    <div className="check" data-over={isOver}>
      <h1>Check</h1>
      <p className="lead">
        Paste or drop anything of fine-tuning, in any format, also compressed: what it is, and what is wrong
        with it. Nothing leaves this browser.
      </p>
      <InputForm area={area} text={text} isEmpty={source === undefined} onType={type} onFiles={take} />
      <section aria-label="Result" aria-busy={state._tag === 'Busy'}>
        {source !== undefined && !isTyped && (
          <p className="note">
            <code>{escapeUnprintable(source.name, 200)}</code>
            {source.others > 0 &&
              `, without ${pluralize(source.others, 'other file')}: one is checked at a time.`}
          </p>
        )}
        {/* read aloud as it changes, without the problems below */}
        <div role="status">
          {state._tag === 'Busy' && <p className="lead">Checking …</p>}
          {state._tag === 'Refused' && (
            <p className="trouble">This is {escapeUnprintable(state.reason, 1000)}.</p>
          )}
          {state._tag === 'Done' && <Verdict inspection={state.inspection} />}
        </div>
        {state._tag === 'Done' && (
          <InspectionReport
            inspection={state.inspection}
            onSelect={text === '' ? undefined : line => select(area.current, line)}
          />
        )}
      </section>
    </div>
  )
}

/** The text of the field, and what is checked: the text, or a file. */
interface Input {
  readonly text: string
  readonly source: Taken | undefined
}

/** An input, and the number of files that came with it and are left out. */
interface Taken extends Source {
  readonly others: number
}

/** The bytes of a file; undefined where there are none to read, as of a folder. */
const readFile = (file: File): Promise<Uint8Array<ArrayBuffer> | undefined> =>
  file.arrayBuffer().then(
    buffer => new Uint8Array(buffer),
    () => undefined,
  )

interface InputProps {
  readonly area: React.RefObject<HTMLTextAreaElement | null>
  readonly text: string
  /** True if there is nothing to clear. */
  readonly isEmpty: boolean
  readonly onType: (text: string) => void
  readonly onFiles: (files: ReadonlyArray<File>) => void
}

const InputForm = ({ area, text, isEmpty, onType, onFiles }: InputProps) => {
  const id = useId()
  return (
    <form className="input" onSubmit={event => event.preventDefault()}>
      <label htmlFor={id}>Paste here, or drop a file anywhere</label>
      <textarea
        id={id}
        ref={area}
        value={text}
        rows={text === '' ? 8 : 12}
        {...asTyped}
        wrap="off"
        placeholder={'{"object":"fine_tuning.job","id":"ftjob-…'}
        onChange={event => onType(event.target.value)}
        onPaste={event => {
          const pasted = event.clipboardData.getData('text/plain')
          if (pasted.length <= maxPasted) return
          event.preventDefault()
          const { value, selectionStart, selectionEnd } = event.currentTarget
          const parts = [value.slice(0, selectionStart), pasted, value.slice(selectionEnd)]
          onFiles([new File(parts, 'pasted text')])
        }}
      />
      <div className="actions">
        <label className="button file">
          Choose a file
          <input
            type="file"
            onChange={event => {
              onFiles([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
        </label>
        {!isEmpty && (
          <button
            type="button"
            className="button"
            onClick={() => {
              area.current?.focus()
              onType('')
            }}
          >
            Clear
          </button>
        )}
      </div>
    </form>
  )
}

/** The text of a small file that is one; undefined for others, which are not shown. */
const textOf = (bytes: Uint8Array): string | undefined => {
  if (bytes.length > maxTextBytes || bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const maxTextBytes = 256 * 1024

/** The most characters that are pasted into the field: a browser lays out more for seconds. */
const maxPasted = 1_000_000

/** Selects a line of the text, from 1, and scrolls to it. */
const select = (area: HTMLTextAreaElement | null, line: number): void => {
  if (area === null) return
  const before = area.value.split('\n').slice(0, line - 1)
  const start = before.reduce((length, { length: own }) => length + own + 1, 0)
  const end = area.value.indexOf('\n', start)
  area.focus()
  area.setSelectionRange(start, end === -1 ? area.value.length : end)
  area.scrollTop = (area.scrollHeight / area.value.split('\n').length) * Math.max(0, line - 3)
}
