import { escapeUnprintable } from '@finetune-kit/codec'
import { isObject } from '@finetune-kit/codec/compile'
import type { Fields } from './kindPredicates.ts'

/**
 * Returns what an object is that is no record, and the remedy: a file of another tool, keys that a
 * client has renamed, or an object around records. `isRecord` recognizes those.
 */
export const describeUnknown = (value: Fields, isRecord: (value: Fields) => boolean): string | undefined => {
  const known = marks.find(({ matches }) => matches(value))
  if (known !== undefined) return known.reason
  const path = pathOfRecords(value, isRecord, maxLevels)
  if (path === undefined)
    return isAnsweredError(value)
      ? 'an error that a server answered with, not a record. Repeat the request'
      : undefined
  const pointer = path.map(key => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  return `an object around records. Pass what is under ${escapeUnprintable(JSON.stringify(pointer), 200)}`
}

/**
 * True for errors of vLLM, FastAPI, problem details (RFC 9457) and gateways. That of the API is a
 * kind of its own. Other keys than theirs are no error: a log of steps has a detail, too.
 */
const isAnsweredError = (value: Fields): boolean =>
  value['object'] === 'error' ||
  (Object.keys(value).every(key => errorKeys.test(key)) &&
    (typeof value['detail'] === 'string' ||
      Array.isArray(value['detail']) ||
      typeof value['error'] === 'string' ||
      ('statusCode' in value && 'message' in value)))

const errorKeys =
  /^(detail|error|errors|error_description|message|code|status|statusCode|title|type|instance|path|param|timestamp|exception|trace|body|success|(request|trace|ray|activity|correlation)_?id)$/i

/** True for keys as clients of other languages rename them. */
export const isCamelCase = (value: Fields): boolean => 'createdAt' in value && !('created_at' in value)

/** The same with its keys as the API writes them. */
export const inSnakeCase = (value: Fields): Fields =>
  Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
      inner,
    ]),
  )

export const camelCaseReason = 'its keys are in camelCase. Write them as the API does: "created_at"'

const marks: ReadonlyArray<{ readonly reason: string; readonly matches: (value: Fields) => boolean }> = [
  {
    reason: "a HAR file. Pass the answers in it: jq -r '.log.entries[].response.content.text'",
    matches: ({ log }) => isObject(log) && Array.isArray(log['entries']),
  },
  {
    reason: 'a Jupyter notebook. Pass a file of records',
    matches: v => 'nbformat' in v && Array.isArray(v['cells']),
  },
  {
    reason: 'a line of the Batch API. Pass a file of records',
    matches: v => 'custom_id' in v && ('body' in v || 'response' in v),
  },
  {
    reason: 'metrics of Weights & Biases. Write them as a result file: step,train_loss,…',
    matches: v => '_step' in v || ('Step' in v && Object.keys(v).some(key => key.endsWith('__MIN'))),
  },
  {
    reason: 'the state of a Hugging Face trainer. Write its log as a result file: step,train_loss,…',
    matches: v => Array.isArray(v['log_history']),
  },
  {
    reason: "a resource of Azure. Pass the fine-tuning jobs that Azure OpenAI's API lists",
    matches: ({ type }) => typeof type === 'string' && type.startsWith('Microsoft.'),
  },
]

/** The levels of an object that are searched for records, and its keys at each. */
const maxLevels = 3
const maxKeys = 20

const pathOfRecords = (
  value: Fields,
  isRecord: (value: Fields) => boolean,
  levels: number,
): ReadonlyArray<string> | undefined => {
  for (const key of Object.keys(value).slice(0, maxKeys)) {
    const inner = value[key]
    const first: unknown = Array.isArray(inner) ? inner[0] : inner
    if (!isObject(first)) continue
    if (typeof first['object'] === 'string' && isRecord(first)) return [key]
    const path = levels > 1 && first === inner ? pathOfRecords(first, isRecord, levels - 1) : undefined
    if (path !== undefined) return [key, ...path]
  }
  return undefined
}
