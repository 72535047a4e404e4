import { type Issue, Meta } from '@finetune-kit/codec'
import { truncate } from '@finetune-kit/codec/compile'
import { AzureFineTuneStatus } from './azure/AzureFineTune.ts'
import * as EventMessage from './EventMessage.ts'
import { EventLevel } from './FineTuneEvent.ts'
import { FineTuneStatus } from './FineTuneStatus.ts'
import { FineTuningJobStatus } from './job/FineTuningJobStatus.ts'
import { hasEnded } from './run/Phase.ts'
import { entries, get, ids, list, number, positive, text } from './run/read.ts'
import { lintMetrics } from './lintMetrics.ts'
import { familyOf, type Run, type RunResources } from './run/Run.ts'
import type { Warning } from './Warning.ts'

/**
 * Returns what is odd about a run of either family, and about the metrics in the data of its
 * events, if they are passed; nothing of it is a reason to refuse a record. Never throws, whatever
 * it is given.
 */
export const lint = (run: Run, resources: Pick<RunResources, 'events'> = {}): ReadonlyArray<Warning> => [
  ...rules[familyOf(run)].flatMap(rule => rule(run).map(([path, message]) => ({ path, message }))),
  ...lintMetrics(get(resources, 'events')),
]

type Rule = (run: Run) => ReadonlyArray<readonly [Issue['path'], string]>

const status: Rule = run =>
  when(!isKnownStatus(run), ['status'], `unknown status ${quote(text(get(run, 'status')))}`)

const isKnownStatus = (run: Run): boolean => {
  const word = text(get(run, 'status'))
  return word === null || statuses[familyOf(run)].includes(word)
}

const moments: Rule = run => {
  const [created, updated, finished, estimated] = times.map(key => positive(get(run, key)))
  // one is enough: a service writes all in one unit
  const scaled = times.find(key => unitOf(get(run, key)) !== undefined)
  return [
    ...when(isBefore(updated, created), ['updated_at'], 'updated before it was created'),
    ...when(isBefore(finished, created), ['finished_at'], 'finished before it was created'),
    ...when(isBefore(estimated, created), ['estimated_finish'], 'estimated to end before it was created'),
    ...(scaled === undefined
      ? []
      : when(true, [scaled], `this looks like ${unitOf(get(run, scaled))}, not seconds`)),
  ]
}

const times = ['created_at', 'updated_at', 'finished_at', 'estimated_finish']

/** The unit that a time seems to have, if it is not seconds. */
const unitOf = (time: unknown): 'milliseconds' | 'microseconds' | undefined => {
  const at = positive(time) ?? 0
  // seconds reach this in the year 5138; milliseconds, and then microseconds, did in 1973
  return at > 1e14 ? 'microseconds' : at > 1e11 ? 'milliseconds' : undefined
}

const outcome: Rule = run => {
  const [status, model] = [text(get(run, 'status')), text(get(run, 'fine_tuned_model'))]
  const results = list(get(run, 'result_files')).length
  if (!isKnownStatus(run)) return [] // it may say that the run succeeded
  if (status !== 'succeeded')
    return [
      ...when(model !== null, ['fine_tuned_model'], `there is a model, and the status is ${quote(status)}`),
      ...when(results > 0, ['result_files'], `there are results, and the status is ${quote(status)}`),
    ]
  return [
    ...when(model === null, ['fine_tuned_model'], 'the run succeeded, and there is no model'),
    ...when(results === 0, ['result_files'], 'the run succeeded, and there is no result file'),
    ...when(results > 1, ['result_files'], `there are ${results} result files, not one`),
  ]
}

const objects: Rule = run => [
  ...misnamed([], get(run, 'object'), 'fine-tune'),
  ...fileLists.flatMap(key =>
    list(get(run, key)).flatMap((file, i) => misnamed([key, i], get(file, 'object'), 'file')),
  ),
  ...list(get(run, 'events')).flatMap((event, i) =>
    misnamed(['events', i], get(event, 'object'), 'fine-tune-event'),
  ),
]

const fileLists = ['training_files', 'validation_files', 'result_files']

const batchSize: Rule = run => {
  const status = text(get(run, 'status'))
  return when(
    (status === 'succeeded' || status === 'running') && get(get(run, 'hyperparams'), 'batch_size') === null,
    ['hyperparams', 'batch_size'],
    `there is no batch size, and the status is ${quote(status)}`,
  )
}

const events: Rule = run => {
  const log = list(get(run, 'events'))
  return log.flatMap((event, i) => {
    const level = text(get(event, 'level'))
    const message = EventMessage.decode(text(get(event, 'message')) ?? '')
    const isOther = message._tag === 'Created' && message.id !== null && message.id !== get(run, 'id')
    return [
      when(
        level !== null && !wordsOf(EventLevel).includes(level),
        ['events', i, 'level'],
        `unknown level ${quote(level)}`,
      ),
      when(
        isBefore(number(get(event, 'created_at')), number(get(log[i - 1], 'created_at'))),
        ['events', i, 'created_at'],
        'earlier than the event before it',
      ),
      when(isOther, ['events', i, 'message'], 'names another run than this one'),
    ].flat()
  })
}

const duplicates: Rule = run =>
  fileLists.flatMap(key => {
    const seen = new Set<string>()
    return list(get(run, key)).flatMap((file, i) => {
      const isFile = text(file) === null
      const [id] = ids([file])
      if (id === undefined) return []
      const path = isFile ? [key, i, 'id'] : [key, i]
      const twice = when(seen.has(id), path, `the file ${quote(id)} is listed twice`)
      seen.add(id)
      return twice
    })
  })

const ending: Rule = run => {
  const status = text(get(run, 'status'))
  const finished = positive(get(run, 'finished_at'))
  const error = text(get(get(run, 'error'), 'message'))
  return [
    // a job whose files are not valid, or that was cancelled, tells no end
    ...when(
      status === 'succeeded' && finished === null,
      ['finished_at'],
      `no end, and the status is ${quote(status)}`,
    ),
    ...when(
      finished !== null && !hasEnded(run),
      ['finished_at'],
      `there is an end, and the status is ${quote(status)}`,
    ),
    ...when(status === 'failed' && error === null, ['error'], 'the job failed, and there is no error'),
    ...when(
      status !== 'failed' && error !== null,
      ['error'],
      `there is an error, and the status is ${quote(status)}`,
    ),
    ...when(
      status === 'succeeded' && positive(get(run, 'trained_tokens')) === null,
      ['trained_tokens'],
      'the job succeeded, and no tokens were trained on',
    ),
  ]
}

const files: Rule = run => {
  const [training, validation] = [text(get(run, 'training_file')), text(get(run, 'validation_file'))]
  return when(
    training !== null && training === validation,
    ['validation_file'],
    'the file is also the one that the job is trained on',
  )
}

/** A job tells its hyperparameters twice: at the top, and in the settings of its method. */
const settings: Rule = run => {
  const method = get(run, 'method')
  const type = text(get(method, 'type'))
  const chosen = type === null ? undefined : get(method, type)
  return [
    ...when(
      type !== null &&
        ['supervised', 'dpo', 'reinforcement'].some(m => m !== type && isGiven(get(method, m))),
      ['method'],
      `there are settings of another method than ${quote(type)}`,
    ),
    ...entries(get(chosen, 'hyperparameters')).flatMap(([key, value]) => {
      const top = number(get(get(run, 'hyperparameters'), key))
      return when(
        type !== null && top !== null && number(value) !== null && top !== value,
        ['method', type ?? '', 'hyperparameters', key],
        `${value as number}, and ${top} in hyperparameters`,
      )
    }),
  ]
}

const wordsOf = (codec: Parameters<typeof Meta.of>[0]): ReadonlyArray<string> => Meta.of(codec).known ?? []

const statuses: { readonly [F in ReturnType<typeof familyOf>]: ReadonlyArray<string> } = {
  'fine-tune': [...wordsOf(FineTuneStatus), ...wordsOf(AzureFineTuneStatus)],
  // the last three are in no description, and were seen
  job: [...wordsOf(FineTuningJobStatus), 'created', 'pending', 'resuming'],
}

const rules: { readonly [F in ReturnType<typeof familyOf>]: ReadonlyArray<Rule> } = {
  'fine-tune': [status, objects, outcome, batchSize, moments, events, duplicates],
  job: [status, outcome, ending, moments, files, settings, duplicates],
}

const when = (odd: boolean, path: Issue['path'], message: string): ReturnType<Rule> =>
  odd ? [[path, message]] : []

const isBefore = (a: number | null | undefined, b: number | null | undefined): boolean =>
  a != null && b != null && a < b

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const misnamed = (path: Issue['path'], object: unknown, usual: string): ReturnType<Rule> =>
  typeof object === 'string'
    ? when(object !== usual, [...path, 'object'], `usually ${quote(usual)}, here ${quote(object)}`)
    : []

const quote = (word: string | null): string =>
  word === null ? 'unknown' : JSON.stringify(truncate(word, 80))
