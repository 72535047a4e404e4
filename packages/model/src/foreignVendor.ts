type Fields = Readonly<Record<string, unknown>>

/** The vendor of a record of fine-tuning that is not OpenAI's, and the kind of record in words. */
export interface ForeignRecord {
  readonly vendor: 'Azure' | 'Mistral' | 'Together' | 'Fireworks'
  readonly noun: string
}

/** Recognizes records of other vendors by their marks. They are named, not read. */
export const foreignVendor = (value: Fields): ForeignRecord | undefined =>
  marks.find(({ matches }) => matches(value))

/** The record in words, for a message that refuses it. */
export const foreignText = ({ vendor, noun }: ForeignRecord): string => `${noun} of ${vendor}, not of OpenAI`

const isText = (value: unknown): value is string => typeof value === 'string'
const isList = (value: unknown): value is ReadonlyArray<unknown> => Array.isArray(value)
const isIsoTime = (value: unknown): boolean => isText(value) && /^\d{4}-\d\d-\d\dT/.test(value)

const job = 'a fine-tuning job'
const event = 'an event of a fine-tuning job'

const marks: ReadonlyArray<ForeignRecord & { readonly matches: (value: Fields) => boolean }> = [
  {
    // jobs and files of Azure are read: they have the fields of OpenAI's
    vendor: 'Azure',
    noun: 'a model',
    matches: v =>
      v['object'] === 'model' && !('created' in v) && ('lifecycle_status' in v || 'capabilities' in v),
  },
  {
    vendor: 'Mistral',
    noun: job,
    matches: v =>
      v['object'] === 'job' &&
      (['job_type', 'modified_at', 'auto_start'].some(key => key in v) ||
        isList(v['training_files']) ||
        (isText(v['status']) && /^[A-Z_]+$/.test(v['status']))),
  },
  {
    vendor: 'Mistral',
    noun: event,
    matches: v => !('object' in v) && v['name'] === 'status-updated' && 'data' in v,
  },
  {
    vendor: 'Together',
    noun: event,
    matches: v =>
      (v['object'] === 'fine-tune-event' || (isText(v['type']) && /^(JOB|TRAINING)_/.test(v['type']))) &&
      (isIsoTime(v['created_at']) || ['param_count', 'token_count', 'hash'].some(key => key in v)),
  },
  {
    vendor: 'Together',
    noun: job,
    matches: v =>
      !('object' in v) &&
      'training_file' in v &&
      ['output_name', 'model_output_name', 'token_count', 'total_price'].some(key => key in v),
  },
  {
    vendor: 'Fireworks',
    noun: job,
    matches: v =>
      !('object' in v) &&
      ((isText(v['name']) && /^accounts\/[^/]+\/\w*[fF]ineTuningJobs\//.test(v['name'])) ||
        (isText(v['state']) && v['state'].startsWith('JOB_STATE_') && 'baseModel' in v)),
  },
]
