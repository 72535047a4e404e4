import { Changes as Answer } from '../../src/api/old.ts'
import { escapeUnprintable } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { useMemo } from 'react'
import * as Change from './Change.ts'
import { ChangeList } from './ChangeList.tsx'
import { useApi } from './useApi.ts'
import { Value } from './Value.tsx'
import { Loading } from './Loading.tsx'

interface Props {
  readonly codec: t.Any
  readonly run: string
  readonly from: number
  readonly to: number
}

/** The changes from one snapshot of a run to another. */
export const Changes = ({ codec, run, from, to }: Props) => {
  const changesOf = useMemo(() => Change.of(codec), [codec])
  const answer = useApi(Answer, `/api/old/runs/${encodeURIComponent(run)}/changes/${from}/${to}`)
  const changes = answer._tag === 'Ready' ? changesOf(answer.value.delta) : []
  return (
    <section className="changes" aria-labelledby="changes" aria-live="polite">
      <h2 id="changes">
        From snapshot {from + 1} to {to + 1}
      </h2>
      {answer._tag !== 'Ready' && <Loading answer={answer} />}
      {answer._tag === 'Ready' && changes.length === 0 && <p className="lead">Nothing changed.</p>}
      {answer._tag === 'Ready' && <ChangeList sentences={answer.value.sentences} />}
      <ul className="fields">
        {changes.map((change, index) => (
          <li key={index} className={change.op} data-path={change.path}>
            <h3 title={change.path}>{escapeUnprintable(change.title, 500)}</h3>
            <Step change={change} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const Step = ({ change: { op, view, from, was, value } }: { readonly change: Change.Change }) => {
  if (op === 'move') return <p>moved from {from}</p>
  return (
    <div className="step">
      {(op === 'replace' || op === 'remove') && (
        <del>
          <Value view={view} value={was} />
        </del>
      )}
      {op === 'replace' && <span aria-label="became">→</span>}
      {op !== 'remove' && (
        <ins>
          <Value view={view} value={value} />
        </ins>
      )}
    </div>
  )
}
