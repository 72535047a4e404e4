import { escapeUnprintable } from '@finetune-kit/codec'
import type { Changes } from '../../../src/api/changes.ts'
import { JsonLines } from '../JsonLines.tsx'
import type { ChangeForm } from '../Route.ts'
import { Value } from '../Value.tsx'
import type { Change } from './Change.ts'
import { ChangeList } from './ChangeList.tsx'

interface Props {
  readonly as: ChangeForm
  readonly changes: Changes
  readonly structure: () => ReadonlyArray<Change>
}

/** The changes between two snapshots in one of their forms. */
export const ChangeForms = ({ as, changes: { sentences, patch }, structure }: Props) => {
  if (as === 'words')
    return sentences.length === 0 ? (
      <p className="lead">Only null became absent, or the other way round. See Structure.</p>
    ) : (
      <ChangeList sentences={sentences} />
    )
  if (as === 'patch') return <JsonLines value={patch} label="JSON Patch" />
  return (
    <ul className="fields">
      {structure().map((change, index) => (
        <li key={index} className={change.op} data-path={change.path}>
          <h3 title={change.path}>{escapeUnprintable(change.title, 500)}</h3>
          <Step change={change} />
        </li>
      ))}
    </ul>
  )
}

const Step = ({ change: { op, view, from, was, value } }: { readonly change: Change }) => {
  if (op === 'move') return <p>moved from {escapeUnprintable(from ?? '', 500)}</p>
  return (
    <div className="step">
      {(op === 'replace' || op === 'remove') && (
        <del>
          <Value view={view} value={was} />
        </del>
      )}
      {op === 'replace' && <span aria-hidden="true">→</span>}
      {op !== 'remove' && (
        <ins>
          <Value view={view} value={value} />
        </ins>
      )}
    </div>
  )
}
