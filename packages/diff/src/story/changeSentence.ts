import { dollars, duration, measured, number, pluralize, timestamp } from '../internal/humanize.ts'
import { drawBoth, drawText, drawValue } from '../internal/drawValue.ts'
import type { Change, Checkpoint, FileName } from './narrative/RunChange.ts'
import type { FieldPath } from '../FieldPath.ts'

/** A part of a sentence: our words, or text from a record, which may be hostile. */
export type Piece =
  | string
  /** The name of a field or a thing. */
  | { readonly name: string }
  | { readonly value: string }
  /** A value that is gone. */
  | { readonly was: string }
  /** The value in its place. */
  | { readonly now: string }

/** A change in words. */
export interface Sentence {
  /** `+` added, `-` removed, `~` changed, `>` moved, `!` failed. */
  readonly sign: '+' | '-' | '~' | '>' | '!'
  readonly pieces: ReadonlyArray<Piece>
}

/** Returns the sentence of a change, for a renderer to draw. */
export const sentence = (change: Change): Sentence =>
  (say[change._tag] as (change: Change) => Sentence)(change)

const sentenceOf =
  (sign: Sentence['sign']) =>
  (...pieces: ReadonlyArray<Piece>): Sentence => ({ sign, pieces })
const more = sentenceOf('+')
const less = sentenceOf('-')
const other = sentenceOf('~')
const wrong = sentenceOf('!')

const fieldOf = ({ names }: FieldPath): Piece => ({
  name: names.length === 0 ? 'the record' : names.join(' › '),
})
const unknown = ({ known }: FieldPath): string => (known ? '' : 'unknown field ')

const fileOf = ({ filename, id }: FileName): ReadonlyArray<Piece> =>
  filename === null ? [{ value: id }] : [{ value: filename }, ' (', { value: id }, ')']

/** Lists the first five texts and the number of others. */
const listOf = (texts: ReadonlyArray<string>): ReadonlyArray<Piece> => {
  if (texts.length === 0) return []
  const shown = texts.slice(0, 5)
  return [
    ': ',
    ...shown.flatMap(
      (text, i): ReadonlyArray<Piece> => [...(i === 0 ? [] : [', ']), { value: drawValue(text) }],
    ),
    ...(texts.length > shown.length ? [`, and ${number(texts.length - shown.length)} more`] : []),
  ]
}

const after = (seconds: number | null, what = ''): string =>
  seconds === null ? '' : ` after ${duration(seconds)}${what}`

/** The name of a metric as words: `train_loss` is `train loss`. */
const words = (metric: string): string => metric.replaceAll('_', ' ')

const checkpointOf = ({ total, model, metrics }: Checkpoint): ReadonlyArray<Piece> => [
  total === null ? '' : ` of ${number(total)}`,
  ...(model === null ? [] : [': ', { value: model }]),
  ...metrics.flatMap(({ metric, value }) => [', ', { value: words(metric) }, ` ${measured(value)}`]),
]

const say: { readonly [T in Change['_tag']]: (change: Extract<Change, { readonly _tag: T }>) => Sentence } = {
  Added: ({ place, value }) =>
    more(unknown(place), fieldOf(place), ' added: ', { now: drawValue(value, place.unit) }),
  Removed: ({ place, was }) =>
    less(unknown(place), fieldOf(place), ' removed: ', { was: drawValue(was, place.unit) }),
  Replaced: ({ place, was, value }) => {
    const [before, now] = drawBoth(was, value, place.unit)
    return other(unknown(place), fieldOf(place), ': ', { was: before }, ' → ', { now })
  },
  Moved: ({ place, from, to }) =>
    sentenceOf('>')(unknown(place), fieldOf(place), `: item ${from} moved to ${to}`),
  NotInJson: () => other('the records differ in something that JSON cannot say'),
  FirstSeen: ({ at, createdAt, status, model }) => {
    if (createdAt === null) return more('first seen as ', { value: status })
    const created = `created at ${timestamp(createdAt)}`
    const seen = at === null ? 'first seen as ' : `first seen at ${timestamp(at)}, `
    return at === createdAt
      ? more(`${created}, `, { value: status }, ', base model ', { value: model })
      : more(seen, { value: status }, `, ${created}, base model `, { value: model })
  },
  TimestampChanged: ({ at, seconds }) =>
    other(`${duration(seconds)} ${seconds < 0 ? 'earlier' : 'later'}, at ${timestamp(at)}`),
  StatusMoved: ({ from, to, seconds }) =>
    other('status: ', { was: from }, ' → ', { now: to }, after(seconds)),
  RunFailed: ({ reason }) => wrong('failed: ', { value: drawText(reason) }),
  CostKnown: change => more('cost known: ', dollars(change.dollars)),
  QueueMoved: ({ from, to }) =>
    from === null || from === to
      ? more(`in the queue at position ${number(to)}`)
      : other(`queue position moved from ${number(from)} to ${number(to)}`),
  Started: ({ at, seconds }) => more(`training started at ${timestamp(at)}`, after(seconds, ' in the queue')),
  EpochDone: ({ done, total }) => more(`epoch ${number(done)} of ${number(total)} done`),
  StepDone: ({ done, total, trainingLoss, meanReward }) =>
    more(
      `step ${number(done)}${total === null ? '' : ` of ${number(total)}`} done`,
      trainingLoss === null ? '' : `, train loss ${measured(trainingLoss)}`,
      meanReward === null ? '' : `, train mean reward ${measured(meanReward)}`,
    ),
  Created: ({ model }) => more('created, base model ', { value: model }),
  Finished: ({ at, seconds }) =>
    other(
      `finished at ${timestamp(at)}, ${duration(seconds)} ${seconds < 0 ? 'before' : 'after'} it was created`,
    ),
  FilesValidated: () => more('files validated'),
  CheckpointSaved: change => more(`checkpoint at step ${number(change.step)}`, ...checkpointOf(change)),
  CheckpointsSaved: change =>
    more(
      `${pluralize(change.count, 'checkpoint')} from step ${number(change.from)} on, the last at step ${number(change.step)}`,
      ...checkpointOf(change),
    ),
  TokensTrained: ({ tokens }) => more(`trained on ${pluralize(tokens, 'token')}`),
  MetricKnown: ({ metric, last, best }) =>
    more(
      { value: words(metric) },
      ` ${measured(last.value)} at step ${number(last.step)}`,
      best === null || best.value === last.value
        ? ''
        : `, best ${measured(best.value)} at step ${number(best.step)}`,
    ),
  Ended: ({ status }) => more('ended: ', { value: status }),
  Reported: ({ level, text }) =>
    (level === 'error' ? wrong : other)({ value: level }, ': ', { value: drawText(text) }),
  ModelPublished: ({ model }) => more('model published: ', { value: model }),
  FileAdded: ({ file }) =>
    more(
      `${file.role} added: `,
      ...fileOf(file),
      file.bytes === null ? '' : `, ${pluralize(file.bytes, 'byte')}`,
    ),
  FileRemoved: ({ file }) => less(`${file.role} removed: `, ...fileOf(file)),
  FileFinished: ({ file }) => more(`${file.role} processed: `, ...fileOf(file)),
  FileFailed: ({ file, reason }) =>
    wrong(
      `${file.role} failed: `,
      ...fileOf(file),
      ...(reason === null ? [] : [', ', { value: drawValue(reason) }]),
    ),
  HyperparameterResolved: ({ place, value }) =>
    more(fieldOf(place), ' resolved by the service: ', { now: drawValue(value, place.unit) }),
  HyperparameterChanged: ({ place, was, value }) => {
    const [before, now] = drawBoth(was, value, place.unit)
    return other(fieldOf(place), ' changed: ', { was: before }, ' → ', { now })
  },
  EventsAdded: ({ count: n, texts }) => more(pluralize(n, 'new event'), ...listOf(texts)),
  EventsLost: ({ count: n, texts }) => wrong(pluralize(n, 'event'), ' lost', ...listOf(texts)),
}
