import { escapeUnprintable } from '@finetune-kit/codec'
import { formatByName, formats } from '@finetune-kit/serialization'
import { useEffect, useState } from 'react'
import { CopyButton } from '../CopyButton.tsx'
import { download } from '../download.ts'
import { quantity } from '../CellValue.tsx'
import { escapeLines } from '../escapeLines.ts'
import { convert, type Converted } from './convert.ts'

/** The valid records in another format: to read, to copy, and to save. */
export const Conversion = ({ records }: { readonly records: ReadonlyArray<unknown> }) => {
  const [name, setName] = useState('')
  const format = formatByName(name)
  const [known, setKnown] = useState<{ readonly key: unknown; readonly converted: Converted }>()
  useEffect(() => {
    if (format === undefined) return undefined
    let isStale = false
    const set = (converted: Converted) => isStale || setKnown({ key: records, converted })
    convert(records, format, format.name === 'JSON').then(set, () =>
      set({ _tag: 'Refused', reason: `${format.name} cannot hold these records.` }),
    )
    return () => {
      isStale = true
      setKnown(undefined)
    }
  }, [records, format])
  return (
    <section className="conversion" aria-label="In another format">
      <label>
        The same in{' '}
        <select value={name} onChange={event => setName(event.target.value)}>
          <option value="">another format …</option>
          {formats.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      {format !== undefined && known?.key === records && (
        <Output format={format} converted={known.converted} />
      )}
    </section>
  )
}

interface OutputProps {
  readonly format: NonNullable<ReturnType<typeof formatByName>>
  readonly converted: Converted
}

const Output = ({ format, converted }: OutputProps) => {
  if (converted._tag === 'Refused')
    return <p className="trouble">{escapeUnprintable(converted.reason, 1000)}</p>
  const { bytes, isText } = converted
  const shown = isText ? new TextDecoder().decode(bytes.subarray(0, maxShownBytes), { stream: true }) : ''
  const save = () => download(`records${format.extensions[0]}`, format.mediaType, bytes)
  return (
    <>
      <p className="actions">
        <button type="button" className="button" onClick={save}>
          Save as a file
        </button>
        {isText && <CopyButton what="text" text={() => new TextDecoder().decode(bytes)} />}
        <span className="none">{quantity(bytes.length, 'bytes')}</span>
      </p>
      {isText ? (
        <pre className="output" tabIndex={0} role="region" aria-label={`The records in ${format.name}`}>
          {escapeLines(shown, Number.POSITIVE_INFINITY)}
          {bytes.length > maxShownBytes && '\n…'}
        </pre>
      ) : (
        <p className="note">{format.name} is binary: save it as a file.</p>
      )}
    </>
  )
}

const maxShownBytes = 32 * 1024
