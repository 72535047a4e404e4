import * as Step from './StepMessage.ts'

/**
 * The meaning of an event's message. Fine-tunes, jobs, Azure and the documentation's examples use
 * different sentences for the same facts.
 *
 * Laws: `encode(decode(s)) = s` for the sentences of the fine-tunes service, and
 * `decode(encode(m)) = m` for every `m` that `decode` returns. Every pattern takes time linear in
 * the length of the message.
 */
export type EventMessage =
  /** The run exists; always the first event. The id is null where the message names none. */
  | { readonly _tag: 'Created'; readonly id: string | null }
  /** The service checks the files of a job. */
  | { readonly _tag: 'Validating'; readonly files: ReadonlyArray<string> }
  /** The files of a job are valid; it enters the queue. */
  | { readonly _tag: 'Validated' }
  /** The cost of the run in US dollars: its files are valid. */
  | { readonly _tag: 'Costs'; readonly dollars: number }
  /** The position is null where the message tells none, as at Azure. */
  | { readonly _tag: 'Enqueued'; readonly position: number | null }
  /** The position counts down; repeats, and may come without an `Enqueued`. */
  | { readonly _tag: 'InQueue'; readonly position: number }
  | { readonly _tag: 'Started' }
  /** Epochs can be skipped, the last one too. */
  | { readonly _tag: 'Epoch'; readonly done: number; readonly total: number }
  /** A step of a job with its metrics, named as in result files. Azure leaves the total out. */
  | Step.StepMessage
  /** A model as of one step is ready for use. */
  | { readonly _tag: 'Checkpoint'; readonly step: number; readonly model: string | null }
  /** The model is there; null where the message does not name it. */
  | { readonly _tag: 'UploadedModel'; readonly model: string | null }
  | { readonly _tag: 'UploadedResultFile'; readonly file: string }
  /** The new model is checked against the usage policies. */
  | { readonly _tag: 'Evaluating' }
  /** The new model passed these checks. */
  | { readonly _tag: 'Evaluated' }
  /** The number of tokens that are paid for. */
  | { readonly _tag: 'Billed'; readonly tokens: number }
  | { readonly _tag: 'Succeeded' }
  /** A job is about to be cancelled. */
  | { readonly _tag: 'Cancelling' }
  | { readonly _tag: 'Cancelled' }
  /** `contact`: the id to quote to OpenAI, if any; `reason`: empty if there is none. */
  | { readonly _tag: 'Failed'; readonly reason: string; readonly contact: string | null }
  /** Any other message. */
  | { readonly _tag: 'Text'; readonly text: string }

/** The message with this tag. */
export type Tagged<Tag extends EventMessage['_tag']> = Extract<EventMessage, { readonly _tag: Tag }>

/**
 * Reads a message; one that fits no pattern is `Text`.
 *
 * @example
 * EventMessage.decode('Completed epoch 1/4') // => { _tag: 'Epoch', done: 1, total: 4 }
 */
export const decode = (message: string): EventMessage => {
  // most messages of a job are steps, and no other sentence looks like one
  const step = Step.decode(message)
  if (step !== null) return step
  for (const [pattern, read] of sentences) {
    const found = pattern.exec(message)
    if (found !== null) return read(found[1] ?? '', found[2] ?? '')
  }
  return { _tag: 'Text', text: message }
}

/** Builds a message from the groups of its pattern. */
type Read = (a: string, b: string) => EventMessage

const created: Read = id => ({ _tag: 'Created', id: id === '' ? null : id })
const enqueued: Read = position => ({
  _tag: 'Enqueued',
  position: position === '' ? null : Number(position),
})
const started: Read = () => ({ _tag: 'Started' })
const uploadedModel: Read = model => ({ _tag: 'UploadedModel', model: model === '' ? null : model })
const uploadedResultFile: Read = file => ({ _tag: 'UploadedResultFile', file })
const evaluated: Read = () => ({ _tag: 'Evaluated' })
const succeeded: Read = () => ({ _tag: 'Succeeded' })
const cancelled: Read = () => ({ _tag: 'Cancelled' })
const failed: Read = reason => ({ _tag: 'Failed', reason, contact: null })

// as many digits as a double holds exactly, and no sign
const n = String.raw`(\d{1,15})`
const help = 'For help, please contact OpenAI and include your fine-tune ID:'

const sentences: ReadonlyArray<readonly [RegExp, Read]> = [
  // fine-tunes
  [/^Created fine-tune: (\S+)$/, created],
  [/^Fine-tune costs \$(\d{1,12}(?:\.\d{1,2})?)$/, dollars => ({ _tag: 'Costs', dollars: Number(dollars) })],
  [RegExp(`^Fine-tune enqueued\\. Queue number: ${n}$`), enqueued],
  [
    RegExp(`^Fine-tune is in the queue\\. Queue number: ${n}$`),
    position => ({ _tag: 'InQueue', position: Number(position) }),
  ],
  [/^Fine-tune started$/, started],
  [
    RegExp(`^Completed epoch ${n}/${n}$`),
    (done, total) => ({ _tag: 'Epoch', done: Number(done), total: Number(total) }),
  ],
  [/^Uploaded model: (\S+)$/, uploadedModel],
  [/^Uploaded result file: (\S+)$/, uploadedResultFile],
  [/^Fine-tune succeeded$/, succeeded],
  [/^Fine-tune cancelled$/, cancelled],
  [
    RegExp(`^(.*?) ?Fine-tune failed\\. ${help} (\\S+)$`, 's'),
    (reason, contact) => ({ _tag: 'Failed', reason, contact }),
  ],
  [/^Fine-tune failed(?:\. (.*)|\.?)$/s, failed],
  // the documentation, Azure, and compatible servers, which leave the full stop out
  [RegExp(`^Job enqueued\\. Waiting for jobs ahead to complete\\.(?: Queue number: ${n}\\.?)?$`), enqueued],
  [/^(?:Job|Training) started\.?$/, started],
  [/^Uploaded snapshot: (\S+?)\.?$/, uploadedModel],
  [/^Uploaded result files: (\S+?)\.?$/, uploadedResultFile],
  [/^(?:Created|Completed) results file: (\S+?)\.?$/, uploadedResultFile],
  [/^Model Evaluation Passed\.?$/, evaluated],
  [RegExp(`^Training tokens billed: ${n}\\.?$`), tokens => ({ _tag: 'Billed', tokens: Number(tokens) })],
  [/^Job succeeded\.?$/, succeeded],
  [/^Job cancell?ed\.?$/, cancelled],
  // jobs
  [/^Created fine-tuning job(?:: (\S+))?$/, created],
  [
    /^Validating training file: (\S+?)(?: and validation file: (\S+))?$/,
    (training, validation) => ({
      _tag: 'Validating',
      files: validation === '' ? [training] : [training, validation],
    }),
  ],
  [/^Files validated, moving job to queued state$/, () => ({ _tag: 'Validated' })],
  [/^Fine[- ]tuning job started$/, started],
  [
    RegExp(`^Checkpoint created at step ${n}(?: with Snapshot ID: (\\S+))?$`),
    (step, model) => ({ _tag: 'Checkpoint', step: Number(step), model: model === '' ? null : model }),
  ],
  [/^New fine-tuned model created(?:: (\S+))?$/, uploadedModel],
  [/^Evaluating model against our usage policies before enabling$/, () => ({ _tag: 'Evaluating' })],
  [/^Usage policy evaluations completed, model is now enabled for sampling$/, evaluated],
  [/^(?:Fine[- ]tuning job|The job has) successfully completed$/, succeeded],
  [/^Fine[- ]tuning process stopping due to job cancellation$/, () => ({ _tag: 'Cancelling' })],
  [/^(?:Fine[- ]tuning job|The job has been) cancelled$/, cancelled],
  [/^Fine[- ]tuning job failed(?:\. (.*)|\.?)$/s, failed],
  [/^(The job failed due to .*)$/s, failed],
]

/**
 * Writes the sentence of the fine-tunes service, or that of jobs where the former has none.
 *
 * @example
 * EventMessage.encode({ _tag: 'Costs', dollars: 3.5 }) // => 'Fine-tune costs $3.50'
 */
export const encode = (message: EventMessage): string =>
  (write[message._tag] as (message: EventMessage) => string)(message)

const write: { readonly [T in EventMessage['_tag']]: (message: Tagged<T>) => string } = {
  Created: ({ id }) => (id === null ? 'Created fine-tuning job' : `Created fine-tune: ${id}`),
  Validating: ({ files: [training, validation] }) =>
    `Validating training file: ${training}${validation === undefined ? '' : ` and validation file: ${validation}`}`,
  Validated: () => 'Files validated, moving job to queued state',
  Costs: ({ dollars }) => `Fine-tune costs $${dollars.toFixed(2)}`,
  Enqueued: ({ position }) =>
    position === null
      ? 'Job enqueued. Waiting for jobs ahead to complete.'
      : `Fine-tune enqueued. Queue number: ${position}`,
  InQueue: ({ position }) => `Fine-tune is in the queue. Queue number: ${position}`,
  Started: () => 'Fine-tune started',
  Epoch: ({ done, total }) => `Completed epoch ${done}/${total}`,
  Step: Step.encode,
  Checkpoint: ({ step, model }) =>
    `Checkpoint created at step ${step}${model === null ? '' : ` with Snapshot ID: ${model}`}`,
  UploadedModel: ({ model }) =>
    model === null ? 'New fine-tuned model created' : `Uploaded model: ${model}`,
  UploadedResultFile: ({ file }) => `Uploaded result file: ${file}`,
  Evaluating: () => 'Evaluating model against our usage policies before enabling',
  Evaluated: () => 'Usage policy evaluations completed, model is now enabled for sampling',
  Billed: ({ tokens }) => `Training tokens billed: ${tokens}`,
  Succeeded: () => 'Fine-tune succeeded',
  Cancelling: () => 'Fine tuning process stopping due to job cancellation',
  Cancelled: () => 'Fine-tune cancelled',
  Failed: ({ reason, contact }) =>
    contact === null
      ? `Fine-tune failed.${reason === '' ? '' : ` ${reason}`}`
      : `${reason}${reason === '' ? '' : ' '}Fine-tune failed. ${help} ${contact}`,
  Text: ({ text }) => text,
}
