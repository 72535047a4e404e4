import { FineTuneSnapshot, type Progress, progressOf } from '@finetune-kit/model'
import * as Answers from '../../src/api/responses.ts'
import * as Column from './Column.ts'
import * as View from './View.ts'

/** The codec of the records shown: the only place of the page that names a record. */
export const codec = FineTuneSnapshot
export const answers = Answers.of(codec)
export const fields = View.of(codec)
export const progress = (run: FineTuneSnapshot): Progress => progressOf(run)

export const columns = Column.of(fields)

/** The columns that hold a state: a word of an open enumeration. */
export const states = columns.filter(
  ({ path, view }) => path.length === 1 && view.kind === 'text' && view.known,
)
