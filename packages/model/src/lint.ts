import { type Issue, Meta } from '@finetune-kit/codec'
import * as EventMessage from './EventMessage.ts'
import { EventLevel } from './FineTuneEvent.ts'
import type { FineTuneSnapshot } from './FineTuneSnapshot.ts'
import { FineTuneStatus } from './FineTuneStatus.ts'

/** Something odd about a record that is not wrong: it decodes, and its reader may want to know. */
export interface Warning {
  readonly path: Issue['path']
  readonly message: string
}

/** What is odd about a run; nothing of it is a reason to refuse the record. */
export const lint = (run: FineTuneSnapshot): ReadonlyArray<Warning> =>
  rules.flatMap(rule => rule(run).map(([path, message]) => ({ path, message })))

type Rule = (run: FineTuneSnapshot) => ReadonlyArray<readonly [Issue['path'], string]>

const status: Rule = run =>
  isKnown(FineTuneStatus, run.status) ? [] : [[['status'], `unknown status ${quote(run.status)}`]]

const objects: Rule = run => [
  ...misnamed([], run.object, 'fine-tune'),
  ...(['training_files', 'validation_files', 'result_files'] as const).flatMap(key =>
    run[key].flatMap((file, i) => misnamed([key, i], file.object, 'file')),
  ),
  ...(run.events ?? []).flatMap((event, i) => misnamed(['events', i], event.object, 'fine-tune-event')),
]

const outcome: Rule = run => {
  const { status, fine_tuned_model: model, result_files: results } = run
  if (status !== 'succeeded')
    return [
      ...when(model !== null, ['fine_tuned_model'], `there is a model, and the status is ${quote(status)}`),
      ...when(results.length > 0, ['result_files'], `there are results, and the status is ${quote(status)}`),
    ]
  return [
    ...when(model === null, ['fine_tuned_model'], 'the run succeeded, and there is no model'),
    ...when(results.length === 0, ['result_files'], 'the run succeeded, and there is no result file'),
    ...when(results.length > 1, ['result_files'], `there are ${results.length} result files, not one`),
  ]
}

const hyperparams: Rule = run =>
  when(
    (run.status === 'succeeded' || run.status === 'running') && run.hyperparams.batch_size === null,
    ['hyperparams', 'batch_size'],
    `there is no batch size, and the status is ${quote(run.status)}`,
  )

const moments: Rule = run => [
  ...when(run.updated_at < run.created_at, ['updated_at'], 'updated before it was created'),
  // seconds reach this in the year 5138, milliseconds did in 1973
  ...when(run.created_at > 1e11, ['created_at'], 'this looks like milliseconds, not seconds'),
]

const events: Rule = ({ id, events = [] }) =>
  events.flatMap(({ created_at, level, message }, i) => {
    const said = EventMessage.decode(message)
    return [
      ...when(!isKnown(EventLevel, level), ['events', i, 'level'], `unknown level ${quote(level)}`),
      ...when(
        created_at < (events[i - 1]?.created_at ?? created_at),
        ['events', i, 'created_at'],
        'before the event that stands before it',
      ),
      ...when(
        said._tag === 'Created' && said.id !== null && said.id !== id,
        ['events', i, 'message'],
        'speaks of another run than this',
      ),
    ]
  })

const duplicates: Rule = run =>
  (['training_files', 'validation_files', 'result_files'] as const).flatMap(key => {
    const seen = new Set<string>()
    return run[key].flatMap((file, i) => {
      const twice = when(seen.has(file.id), [key, i, 'id'], `the file ${quote(file.id)} is listed twice`)
      seen.add(file.id)
      return twice
    })
  })

const rules: ReadonlyArray<Rule> = [status, objects, outcome, hyperparams, moments, events, duplicates]

const when = (odd: boolean, path: Issue['path'], message: string): ReturnType<Rule> =>
  odd ? [[path, message]] : []

const misnamed = (path: Issue['path'], object: string, usual: string): ReturnType<Rule> =>
  when(object !== usual, [...path, 'object'], `usually ${quote(usual)}, here ${quote(object)}`)

const isKnown = (codec: Parameters<typeof Meta.of>[0], word: string): boolean =>
  Meta.of(codec).known?.includes(word) ?? true

const quote = (word: string): string => JSON.stringify(word.length <= 80 ? word : `${word.slice(0, 79)}…`)
