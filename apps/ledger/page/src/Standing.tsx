import type { FineTuneSnapshot } from '@finetune-kit/model'
import { cell } from './Column.ts'
import { progress, states } from './contract.ts'
import { Epochs } from './Progress.tsx'
import { Brief, dollars } from './Brief.tsx'

/** Where a run stands, in a line. */
export const Standing = ({ snapshot }: { readonly snapshot: FineTuneSnapshot }) => {
  const now = progress(snapshot)
  return (
    <span className="standing">
      {states.map(column => (
        <Brief key={column.path.join('.')} view={column.view} value={cell(snapshot, column)} />
      ))}
      <Epochs progress={now} />
      {now.dollars !== null && <span>{dollars(now.dollars)}</span>}
    </span>
  )
}
