import type { FineTuneSnapshot } from '@finetune-kit/model'
import { cell } from './Column.ts'
import { progress, states } from './recordConfig.ts'
import { Epochs } from './Progress.tsx'
import { CellValue, dollars } from './CellValue.tsx'

/** The status and progress of a run in one line. */
export const RunStatus = ({ snapshot }: { readonly snapshot: FineTuneSnapshot }) => {
  const now = progress(snapshot)
  return (
    <span className="standing">
      {states.map(column => (
        <CellValue key={column.path.join('.')} view={column.view} value={cell(snapshot, column)} />
      ))}
      <Epochs progress={now} />
      {now.dollars !== null && <span>{dollars(now.dollars)}</span>}
    </span>
  )
}
