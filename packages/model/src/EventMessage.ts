/**
 * What the message of an event says. The service writes a fixed set of sentences; the documentation's examples and the
 * events of the newer fine-tuning jobs say the same in other words.
 *
 * Laws: `text(of(s))` is `s` for the sentences of the service; `of(text(m))` is `m` for every `m` that `of` gives. Every
 * pattern takes time linear in the length of the message.
 */
export type EventMessage =
  /** The run exists; always the first event. */
  | { readonly _tag: 'Created'; readonly id: string }
  /** What the run costs, in US dollars: its files are valid. */
  | { readonly _tag: 'Costs'; readonly dollars: number }
  | { readonly _tag: 'Enqueued'; readonly position: number }
  /** The position counts down; repeats, and may come without an `Enqueued`. */
  | { readonly _tag: 'InQueue'; readonly position: number }
  | { readonly _tag: 'Started' }
  /** Epochs can be skipped, the last one too. */
  | { readonly _tag: 'Epoch'; readonly done: number; readonly total: number }
  /** Jobs report their steps with losses. */
  | {
      readonly _tag: 'Step'
      readonly done: number
      readonly total: number
      readonly trainingLoss: number
      readonly validationLoss: number | null
      readonly fullValidationLoss: number | null
    }
  | { readonly _tag: 'UploadedModel'; readonly model: string }
  | { readonly _tag: 'UploadedResultFile'; readonly file: string }
  | { readonly _tag: 'Succeeded' }
  /** A job is about to be cancelled. */
  | { readonly _tag: 'Cancelling' }
  | { readonly _tag: 'Cancelled' }
  /** `contact` is the id to quote to OpenAI, where the message asks for it; the reason is `''` where none is given. */
  | { readonly _tag: 'Failed'; readonly reason: string; readonly contact: string | null }
  /** Anything else. */
  | { readonly _tag: 'Text'; readonly text: string }

/** The message of this tag. */
export type Tagged<Tag extends EventMessage['_tag']> = Extract<EventMessage, { readonly _tag: Tag }>

/**
 * What the message says; a message of any other words is `Text`.
 *
 * @example
 * EventMessage.decode('Completed epoch 1/4') // => { _tag: 'Epoch', done: 1, total: 4 }
 */
export const decode = (message: string): EventMessage => {
  for (const [pattern, read] of sentences) {
    const found = pattern.exec(message)
    if (found !== null) return read(found[1] ?? '', found[2] ?? '', found.slice(3))
  }
  return { _tag: 'Text', text: message }
}

/** From the groups of a pattern; the third argument has those after the second. */
type Read = (a: string, b: string, more: ReadonlyArray<string | undefined>) => EventMessage

const enqueued: Read = position => ({ _tag: 'Enqueued', position: Number(position) })
const started: Read = () => ({ _tag: 'Started' })
const uploadedModel: Read = model => ({ _tag: 'UploadedModel', model })
const uploadedResultFile: Read = file => ({ _tag: 'UploadedResultFile', file })
const succeeded: Read = () => ({ _tag: 'Succeeded' })
const cancelled: Read = () => ({ _tag: 'Cancelled' })

// at most so many digits as a number holds exactly, and no sign
const n = String.raw`(\d{1,15})`
const x = String.raw`(\d{1,15}(?:\.\d{1,20})?(?:e[-+]?\d{1,2})?)`
const help = 'For help, please contact OpenAI and include your fine-tune ID:'

const sentences: ReadonlyArray<readonly [RegExp, Read]> = [
  // the service
  [/^Created fine-tune: (\S+)$/, id => ({ _tag: 'Created', id })],
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
  [/^Fine-tune failed(?:\. (.*)|\.?)$/s, reason => ({ _tag: 'Failed', reason, contact: null })],
  // the documentation
  [RegExp(`^Job enqueued\\. Waiting for jobs ahead to complete\\. Queue number: ${n}\\.$`), enqueued],
  [/^Job started\.$/, started],
  [/^Uploaded snapshot: (\S+?)\.?$/, uploadedModel],
  [/^Uploaded result files: (\S+?)\.?$/, uploadedResultFile],
  [/^Job succeeded\.$/, succeeded],
  [/^Job canceled\.$/, cancelled],
  // jobs
  [/^New fine-tuned model created: (\S+)$/, uploadedModel],
  [/^Fine tuning job successfully completed$/, succeeded],
  [/^Fine tuning process stopping due to job cancellation$/, () => ({ _tag: 'Cancelling' })],
  [
    RegExp(`^Step ${n}/${n}: training loss=${x}(?:, validation loss=${x})?(?:, full validation loss=${x})?$`),
    (done, total, [training, validation, fullValidation]) => ({
      _tag: 'Step',
      done: Number(done),
      total: Number(total),
      trainingLoss: Number(training),
      validationLoss: validation === undefined ? null : Number(validation),
      fullValidationLoss: fullValidation === undefined ? null : Number(fullValidation),
    }),
  ],
]

/**
 * The sentence that the service writes for this; a job's only where a fine-tune has none.
 *
 * @example
 * EventMessage.encode({ _tag: 'Costs', dollars: 3.5 }) // => 'Fine-tune costs $3.50'
 */
export const encode = (message: EventMessage): string =>
  (write[message._tag] as (message: EventMessage) => string)(message)

const write: { readonly [T in EventMessage['_tag']]: (message: Tagged<T>) => string } = {
  Created: ({ id }) => `Created fine-tune: ${id}`,
  Costs: ({ dollars }) => `Fine-tune costs $${dollars.toFixed(2)}`,
  Enqueued: ({ position }) => `Fine-tune enqueued. Queue number: ${position}`,
  InQueue: ({ position }) => `Fine-tune is in the queue. Queue number: ${position}`,
  Started: () => 'Fine-tune started',
  Epoch: ({ done, total }) => `Completed epoch ${done}/${total}`,
  Step: ({ done, total, trainingLoss, validationLoss, fullValidationLoss }) =>
    [
      `Step ${done}/${total}: training loss=${loss(trainingLoss)}`,
      ...(validationLoss === null ? [] : [`validation loss=${loss(validationLoss)}`]),
      ...(fullValidationLoss === null ? [] : [`full validation loss=${loss(fullValidationLoss)}`]),
    ].join(', '),
  UploadedModel: ({ model }) => `Uploaded model: ${model}`,
  UploadedResultFile: ({ file }) => `Uploaded result file: ${file}`,
  Succeeded: () => 'Fine-tune succeeded',
  Cancelling: () => 'Fine tuning process stopping due to job cancellation',
  Cancelled: () => 'Fine-tune cancelled',
  Failed: ({ reason, contact }) =>
    contact === null
      ? `Fine-tune failed.${reason === '' ? '' : ` ${reason}`}`
      : `${reason}${reason === '' ? '' : ' '}Fine-tune failed. ${help} ${contact}`,
  Text: ({ text }) => text,
}

/** With two decimals, as the service writes it, unless that would change it. */
const loss = (x: number): string => (Number(x.toFixed(2)) === x ? x.toFixed(2) : String(x))
