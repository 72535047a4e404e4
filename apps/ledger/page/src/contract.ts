import { FineTuneSnapshot, type Progress, progressOf } from '@finetune-kit/model'
import * as Answers from '../../src/api/responses.ts'
import * as Column from './Column.ts'
import * as View from './View.ts'

/** What this page shows: the one place in it that says which record that is. */
export const codec = FineTuneSnapshot
export const answers = Answers.of(codec)
export const fields = View.of(codec)
export const progress = (run: FineTuneSnapshot): Progress => progressOf(run)

export const columns = Column.of(fields)

/** Where a run stands: its fields that hold one of an open set of words. */
export const states = columns.filter(
  ({ path, view }) => path.length === 1 && view.kind === 'text' && view.known,
)
