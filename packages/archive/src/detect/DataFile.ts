import { ResultMetrics } from '@finetune-kit/model/results'
import type { TrainingRow } from '@finetune-kit/model/training'

/** A file of fine-tuning that holds no records: examples to train on, or metrics by step. */
export type DataFile =
  | { readonly _tag: 'Training'; readonly form: TrainingRow.TrainingForm }
  | { readonly _tag: 'Results' }

/** Returns what such a file is, for people, and the remedy. */
export const describeDataFile = (file: DataFile): string =>
  file._tag === 'Training'
    ? `a training file (${file.form.name}), which holds no records. Check it with finetune validate`
    : 'a result file, which holds no records. Summarize it with finetune validate, or pass it to finetune log after the file of its run'

/**
 * True if an input begins as a result file does, plain or in base64: by the names of its columns.
 *
 * @example
 * isResultFile(new TextEncoder().encode('step,train_loss\n1,0.5\n')) // => true
 */
export const isResultFile = (beginning: Uint8Array): boolean => {
  const text = new TextDecoder().decode(beginning.subarray(0, headerBytes))
  const [line = ''] = text.replace(/^[\ufeff\s]+/, '').split(/[\r\n]/, 1)
  const isBase64 = /^[\w+/-]+=*$/.test(line)
  const { columns, problems } = ResultMetrics.parse(
    isBase64 ? ofStandardAlphabet(line).slice(0, line.length - (line.length % 4)) : line,
  )
  // the beginning may end within a row: only the header decides
  const isHeader = problems.every(problem => problem.line > 1 || problem.column !== null)
  return columns.length > 1 && isHeader && !columns.includes('object')
}

/** Base64 also of a text of base64url, which `ResultMetrics` refuses by that name. */
const ofStandardAlphabet = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/')

/** The most bytes of a header that are looked at. */
const headerBytes = 4096
