import type { OpenAIFileSnapshot } from '@finetune-kit/model'
import type { Operation } from '../../Operation.ts'
import type { Change, FileName } from './RunChange.ts'
import type { ChangeRule } from './Narrator.ts'

type Lists<K extends string> = { readonly [L in K]: ReadonlyArray<OpenAIFileSnapshot> }

/** Describes the files of a list: `key` is the list, `role` the purpose of its files. */
export const files =
  <K extends string>(key: K, role: string): ChangeRule<Lists<K>> =>
  ({ b, delta }) => {
    const inList = new RegExp(`^/${key}/(\\d+)(?:/(status|status_details))?$`)
    return delta.flatMap((operation): ReadonlyArray<Change> => {
      const [, index, field] = inList.exec(operation.path) ?? []
      if (index === undefined || operation.op === 'move') return []
      if (field === undefined) return addedOrRemoved(operation, role)
      const file = b[key][Number(index)]
      return file === undefined ? [] : progressed(operation, delta, file, role)
    })
  }

const addedOrRemoved = (operation: Operation, role: string): ReadonlyArray<Change> => [
  ...('was' in operation
    ? [named('FileRemoved', operation.was as OpenAIFileSnapshot, role, [operation])]
    : []),
  ...('value' in operation
    ? [named('FileAdded', operation.value as OpenAIFileSnapshot, role, [operation])]
    : []),
]

/** A changed status, together with its details. */
const progressed = (
  operation: Operation,
  delta: ReadonlyArray<Operation>,
  file: OpenAIFileSnapshot,
  role: string,
): ReadonlyArray<Change> => {
  if (!operation.path.endsWith('/status')) return []
  const details = delta.filter(other => other.path === `${operation.path}_details`)
  if (file.status === 'error')
    return [
      {
        _tag: 'FileFailed',
        file: nameOf(file, role),
        reason: file.status_details ?? null,
        operations: [operation, ...details],
      },
    ]
  return file.status === 'processed' ? [named('FileFinished', file, role, [operation])] : []
}

const named = (
  _tag: 'FileAdded' | 'FileRemoved' | 'FileFinished',
  file: OpenAIFileSnapshot,
  role: string,
  operations: ReadonlyArray<Operation>,
): Change => ({ _tag, file: nameOf(file, role), operations })

const nameOf = ({ id, filename, bytes }: OpenAIFileSnapshot, role: string): FileName => ({
  role,
  id,
  filename,
  bytes: bytes ?? null,
})
