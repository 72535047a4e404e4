import {
  curvesOf,
  goalOf,
  type Run,
  type RunResources,
  RunSummary,
  type SummaryGroup,
  summaryGroups,
  summaryOf,
} from '@finetune-kit/model'
import { isPlainObject } from '@finetune-kit/codec/compile'
import { codecNavigator } from '../internal/codecNavigator.ts'
import { get } from '../internal/json.ts'

/** The value that one run has for a field, and the facts of the field. */
export interface ComparedField {
  readonly label: string
  readonly unit: string | null
  readonly group: SummaryGroup
  readonly value: string | number | null
  /** The direction in which the field gets better; null where that is not defined. */
  readonly goal: 'minimize' | 'maximize' | null
}

/** Fields of a summary that no comparison needs: the id heads the columns, the others pass. */
const ignored = new Set(['id', 'queue_position', 'estimated_finish', 'last_activity'])

const summaryField = codecNavigator(RunSummary)

const groups = new Map(
  Object.entries(summaryGroups).flatMap(([group, fields]) =>
    fields.map(field => [field as string, group as SummaryGroup] as const),
  ),
)

/**
 * The fields of a run by name: its summary, then hyperparameters and metrics that the summary
 * lacks.
 */
export const comparedFields = (run: Run, resources: RunResources): ReadonlyMap<string, ComparedField> => {
  const summary = summaryOf(run, resources)
  const fields = new Map<string, ComparedField>()
  for (const [field, value] of Object.entries(summary) as ReadonlyArray<
    readonly [string, string | number | null]
  >) {
    if (ignored.has(field)) continue
    const meta = summaryField.at(field)?.meta
    const isMetric = `best_${field}` in summary || field.startsWith('best_')
    fields.set(field, {
      label: meta?.title ?? field,
      unit: meta?.unit ?? null,
      group: groups.get(field) ?? 'identity',
      value,
      goal: isMetric ? goalOf(field) : null,
    })
  }
  for (const [name, value] of hyperparametersOf(run))
    if (!(name in summary) && name !== 'n_epochs')
      fields.set(name, { label: titleOf(name), unit: null, group: 'hyperparameters', value, goal: null })
  for (const { metric, last } of curvesOf(resources))
    if (!(metric in summary))
      fields.set(metric, {
        label: titleOf(metric),
        unit: null,
        group: 'metrics',
        value: last.value,
        goal: goalOf(metric),
      })
  return fields
}

/** The hyperparameters of a run, wherever its family keeps them; each once. "auto" is no value. */
const hyperparametersOf = (run: Run): ReadonlyMap<string, string | number> => {
  const method: unknown = get(run, 'method')
  const places = [
    get(run, 'hyperparams'),
    get(run, 'hyperparameters'),
    ...(isPlainObject(method)
      ? Object.values(method).map(x => (isPlainObject(x) ? get(x, 'hyperparameters') : null))
      : []),
  ]
  const found = new Map<string, string | number>()
  for (const place of places)
    if (isPlainObject(place))
      for (const [name, value] of Object.entries(place))
        if (value !== null && value !== undefined && value !== 'auto' && value !== -1)
          found.set(
            name,
            typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value),
          )
  return found
}

/** Only names of words become titles. Others stay as they are: a secret in one is to be found. */
const titleOf = (name: string): string =>
  /^[a-z]\w*$/.test(name) ? (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ') : name
