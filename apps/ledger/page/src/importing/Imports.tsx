import { escapeUnprintable } from '@finetune-kit/codec'
import { memo, useCallback, useEffect, useSyncExternalStore } from 'react'
import type { ImportStatus } from '../../../src/api/imports.ts'
import { quantity } from '../CellValue.tsx'
import { pluralize } from '../pluralize.ts'
import { useDrop } from '../useDrop.ts'
import './importing.css'
import { RejectsLink } from './RejectsLink.tsx'
import {
  addFiles,
  allUploads,
  cancel,
  dismiss,
  dismissOver,
  followRunning,
  isOver,
  subscribe,
  type Upload,
} from './uploads.ts'

interface Props {
  /** The id of the run of records that name none, as those of a result file. */
  readonly run?: string
  readonly label: string
}

/** Imports the files that are chosen, or dropped anywhere. */
export const ImportButton = ({ run, label }: Props) => {
  const add = useCallback((files: ReadonlyArray<File>) => addFiles(files, run), [run])
  const isOver = useDrop(add)
  return (
    <>
      <label className="button file">
        {label}
        <input
          type="file"
          multiple
          onChange={event => {
            add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      </label>
      {isOver && (
        <p className="drop" aria-hidden="true">
          Drop to import
        </p>
      )}
    </>
  )
}

/** The imports of this page, and how far they are. */
export const Imports = () => {
  const uploads = useSyncExternalStore(subscribe, allUploads)
  // without them the page still shows its own
  useEffect(() => void followRunning().catch(() => {}), [])
  if (uploads.length === 0) return null
  return (
    <section className="imports" aria-label="Imports" tabIndex={-1}>
      {/* the column is reversed: it stands at the end */}
      {uploads.filter(isOver).length > 1 && <Summary uploads={uploads} />}
      <ul>
        {uploads.map(upload => (
          <UploadLine key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  )
}

/** The number of imports that are over, and of those with a problem: of very many, few are seen. */
const Summary = ({ uploads }: { readonly uploads: ReadonlyArray<Upload> }) => {
  const over = uploads.filter(isOver).length
  const problems = uploads.filter(hasProblem).length
  return (
    <p>
      {over.toLocaleString('en-US')} of {pluralize(uploads.length, 'import')} are over
      {problems > 0 && `, ${problems.toLocaleString('en-US')} with problems`}.{' '}
      <button
        type="button"
        className="link"
        onClick={({ currentTarget }) => {
          // the button goes with the reports, and the focus would be lost
          currentTarget.closest<HTMLElement>('main')?.focus({ preventScroll: true })
          dismissOver()
        }}
      >
        Dismiss all that are over
      </button>
    </p>
  )
}

const hasProblem = ({ problem, status }: Upload): boolean =>
  problem !== undefined || status?.state === 'failed' || (status?.rejected ?? 0) > 0

/** Memoized: an upload changes several times, and there may be a thousand others. */
const UploadLine = memo(({ upload }: { readonly upload: Upload }) => {
  const { name, size, sent, problem, status } = upload
  const isRunning = !isOver(upload)
  return (
    <li data-state={problem === undefined ? (status?.state ?? 'sending') : 'failed'}>
      <b>{escapeUnprintable(name, 120)}</b>{' '}
      {isRunning && (
        <>
          <progress
            max={1}
            value={
              status === undefined || status.bytes === 0
                ? sent / Math.max(1, size) / 2
                : 0.5 + status.bytes_read / status.bytes / 2
            }
            aria-label={`Import of ${escapeUnprintable(name, 60)}`}
          />{' '}
          {status === undefined
            ? `sent ${quantity(sent, 'bytes')} of ${quantity(size, 'bytes')}`
            : status.state === 'waiting'
              ? 'waits'
              : pluralize(status.records, 'record')}{' '}
          <button type="button" className="button" onClick={() => cancel(upload)}>
            Cancel
          </button>
        </>
      )}
      {/* read aloud at the end, and not with every record before */}
      <span role="status">
        {problem !== undefined && <span className="bad">{escapeUnprintable(problem, 600)}</span>}
        {status !== undefined && !isRunning && <Outcome name={name} status={status} />}
      </span>
      {status !== undefined && !isRunning && <Rejects status={status} />}
      {!isRunning && (
        <button
          type="button"
          className="link"
          onClick={({ currentTarget }) => {
            // the button goes with its report, and the focus would be lost
            const place = allUploads().length > 1 ? '.imports' : 'main'
            currentTarget.closest<HTMLElement>(place)?.focus({ preventScroll: true })
            dismiss(upload)
          }}
        >
          Dismiss
        </button>
      )}
    </li>
  )
})

/** A message that begins with the name of the file, which stands before it already. */
const withoutName = (name: string, message: string): string =>
  message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message

/** The place of a rejected record, unless its message names the byte; its problems. */
const describe = ({ offset, line, record, message }: Reject): readonly [place: string, problems: string] => {
  const [, at, column, problem] = /^(\d+):(\d+) (.*)$/u.exec(message) ?? []
  if (problem !== undefined) return [`line ${at}, column ${column}`, problem]
  if (line !== undefined) return [`line ${line}`, message]
  if (record !== undefined) return [`record ${record}`, message.replaceAll(/^record \d+:? /gmu, '')]
  return [/\(byte \d+\)/u.test(message) ? '' : `byte ${offset}`, message]
}

type Reject = ImportStatus['rejects'][number]

const RejectLine = ({ reject }: { readonly reject: Reject }) => {
  const [place, problems] = describe(reject)
  return (
    <li>
      <b>{place}</b>{' '}
      {problems.split('\n').map((text, row) => (
        <div key={row}>{escapeUnprintable(text, 500)}</div>
      ))}
    </li>
  )
}

/** The outcome of an import: what is new, and what was rejected. */
const Outcome = ({ name, status }: { readonly name: string; readonly status: ImportStatus }) => {
  const { state, records, added, changed, unchanged, items, rejected, message } = status
  if (state === 'done' && records === 0) return 'No records in it.'
  return (
    <>
      {state === 'cancelled' && 'Cancelled. Kept so far: '}
      {state === 'failed' && (
        <span className="bad">
          {escapeUnprintable(withoutName(name, message ?? 'The import failed.'), 600)}{' '}
        </span>
      )}
      {pluralize(added, 'new run')}, {changed.toLocaleString('en-US')} changed,{' '}
      {unchanged.toLocaleString('en-US')} unchanged
      {items > 0 && `, ${pluralize(items, 'other new record')}`}
      {rejected > 0 && `, ${rejected.toLocaleString('en-US')} rejected`}.
    </>
  )
}

/** The first rejected records of an import, each with its place, and a link to all. */
const Rejects = ({ status }: { readonly status: ImportStatus }) => {
  const { added, changed, unchanged, items, rejected, rejects } = status
  return (
    rejected > 0 && (
      <details open={added + changed + unchanged + items === 0}>
        <summary>Rejected records</summary>
        <ul className="rejected" tabIndex={0}>
          {rejects.map((reject, index) => (
            <RejectLine key={index} reject={reject} />
          ))}
        </ul>
        {rejected > rejects.length && <p className="note">The first {rejects.length} are shown.</p>}
        <RejectsLink status={status} />
      </details>
    )
  )
}
