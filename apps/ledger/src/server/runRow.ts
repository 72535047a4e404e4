import type { RunSummary } from '@finetune-kit/model'
import type { RunRow as StoredRow } from '@finetune-kit/store'
import type { RunRow } from '../api/RunRow.ts'
import * as RunKey from './RunKey.ts'

/** A row of the store as the API sends it. */
export const runRow = ({
  id,
  born,
  tags,
  note,
  isHidden,
  entries,
  seq,
  source,
  firstSeenAt,
  lastSeenAt,
  summary,
}: StoredRow): RunRow => ({
  key: RunKey.print({ id, born }),
  tags: [...tags],
  note,
  hidden: isHidden,
  entries,
  seq,
  source,
  first_seen_at: firstSeenAt,
  last_seen_at: lastSeenAt,
  ...(Object.fromEntries(Object.entries(summary).filter(([, value]) => value !== null)) as RunSummary),
})
