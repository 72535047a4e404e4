import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo } from 'react'
import { runChanges } from '../api/queries.ts'
import type { RunDetail } from '../../../src/api/run.ts'
import { CopyButton } from '../CopyButton.tsx'
import { Failure, Loading } from '../Answer.tsx'
import type { RecordConfig } from '../recordConfig.ts'
import { changeForms, go, type RunRoute } from '../Route.ts'
import { Section } from '../run/Section.tsx'
import * as Change from './Change.ts'
import { ChangeForms } from './ChangeForms.tsx'
import './changes.css'
import { SnapshotChoice } from './SnapshotChoice.tsx'
import { Story } from './Story.tsx'

interface Props {
  readonly run: RunDetail
  readonly config: RecordConfig
  readonly route: RunRoute
}

/** The story of a run, and what differs between two of its snapshots. */
export const ChangesView = ({ run, config, route }: Props) => {
  const count = run.snapshots
  const to = Math.min(route.to ?? count, count)
  const from = Math.min(route.from ?? Math.max(1, to - 1), count)
  const choose = (choice: Partial<RunRoute>) => go({ ...route, from, to, ...choice })
  const step = (by: number) => {
    const next = Math.max(Math.min(2, count), Math.min(count, to + by))
    choose({ from: Math.max(1, next - 1), to: next })
  }
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const isUsed =
      event.target instanceof Element && event.target.closest('select, input, textarea, pre') !== null
    if (by === undefined || count < 2 || isUsed || hasModifier(event)) return
    event.preventDefault()
    step(by)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return (
    <div className="changes-view">
      {count < 2 ? (
        <p className="lead">One snapshot of this run is known: what changes is shown from the next one on.</p>
      ) : (
        <section
          className="part differences"
          aria-label="Differences"
          tabIndex={0}
          aria-keyshortcuts="ArrowLeft ArrowRight"
        >
          <h2>
            From snapshot {from} to {to}
          </h2>
          <SnapshotChoice run={run} from={from} to={to} onChoose={choose} onStep={step} />
          <Differences run={run} config={config} from={from} to={to} route={route} onChoose={choose} />
        </section>
      )}
      <Section name="Story">
        <Story run={run} to={to} onChoose={n => choose({ from: Math.max(1, n - 1), to: n })} />
      </Section>
    </div>
  )
}

/** True of a key that is the browser's own, as for its last page. */
const hasModifier = ({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  altKey || ctrlKey || metaKey || shiftKey

interface DifferencesProps extends Props {
  readonly from: number
  readonly to: number
  readonly onChoose: (choice: Partial<RunRoute>) => void
}

const Differences = ({ run, config, from, to, route, onChoose }: DifferencesProps) => {
  const changesOf = useMemo(() => Change.of(config.codec), [config.codec])
  // the number of the last change stands for entries whose digests are not told
  const digestOf = (ordinal: number) =>
    run.history.find(({ n }) => n === ordinal - 1)?.digest ?? run.summary.seq
  const digests = `${digestOf(from)} ${digestOf(to)}`
  const answer = useQuery(runChanges(run.key, from, to, digests))
  const as = route.as ?? 'words'
  if (answer.isPending) return <Loading />
  if (answer.data === undefined) return <Failure error={answer.error} />
  const { delta, patch, text } = answer.data
  const copied = { words: text, structure: json(delta), patch: json(patch) }
  return (
    <>
      {answer.isError && <Failure error={answer.error} />}
      <div className="actions">
        <fieldset className="forms">
          <legend>Shown as</legend>
          {changeForms.map(form => (
            <label key={form}>
              <input type="radio" name="as" checked={form === as} onChange={() => onChoose({ as: form })} />
              {names[form]}
            </label>
          ))}
        </fieldset>
        <CopyButton what={names[as]} text={() => copied[as]} />
      </div>
      <div aria-live="polite">
        {delta.length === 0 ? (
          <p className="lead">Nothing changed.</p>
        ) : (
          <ChangeForms as={as} changes={answer.data} structure={() => changesOf(delta)} />
        )}
      </div>
    </>
  )
}

const names = { words: 'Words', structure: 'Structure', patch: 'JSON Patch' } as const

const json = (value: unknown): string => JSON.stringify(value, null, 2)
