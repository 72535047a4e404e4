import { FineTuneEvent, FineTuningJobEventSnapshot, RecordKind } from '@finetune-kit/model'
import type { View } from '../View.ts'
import { RecordFields, Value } from '../Value.tsx'

type Fields = Extract<View, { readonly kind: 'record' }>['fields']

interface Props {
  readonly fields: Fields
  readonly record: object
}

/**
 * A record as cards: its own values on one, and one for each record or list of records in it, as
 * hyperparameters and files are. Events have a place of their own.
 */
export const RecordCards = ({ fields, record }: Props) => {
  const values = record as Readonly<Record<string, unknown>>
  const cards = fields.filter(({ key, view }) => isNested(view) && isFull(values[key]))
  const inCards = new Set(fields.filter(({ view }) => isNested(view)).map(({ key }) => key))
  const rest = Object.fromEntries(Object.entries(values).filter(([key]) => !inCards.has(key)))
  return (
    <div className="cards">
      <div className="card">
        <RecordFields fields={fields.filter(({ key }) => !inCards.has(key))} record={rest} isBrief />
      </div>
      {cards
        .filter(({ key }) => !isLog(values[key]))
        .map(({ key, title, description, view }) => (
          <div key={key} className="card" data-wide={view.kind === 'list'}>
            <h3 title={description}>{title}</h3>
            <Value view={view} value={values[key]} />
          </div>
        ))}
    </div>
  )
}

const isNested = (view: View): boolean =>
  view.kind === 'record' || (view.kind === 'list' && view.item.kind === 'record')

const isFull = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).some(item => item !== null)

/** True for a list of events. */
const isLog = (value: unknown): boolean => {
  const kind = Array.isArray(value) ? RecordKind.detect(value[0]) : undefined
  return kind?._tag === 'Right' && eventKinds.has(kind.right.codec)
}

const eventKinds = new Set<unknown>([FineTuneEvent, FineTuningJobEventSnapshot])
