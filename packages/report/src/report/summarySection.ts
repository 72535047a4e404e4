import { Meta } from '@finetune-kit/codec'
import { cellOf } from '@finetune-kit/diff/story'
import { RunSummary, type SummaryGroup, summaryGroups } from '@finetune-kit/model'
import { element, type MarkupElement } from '../markup/Markup.ts'

const titles: Readonly<Record<SummaryGroup, string>> = {
  identity: 'Run',
  course: 'Course',
  hyperparameters: 'Hyperparameters',
  metrics: 'Metrics',
}

const { props } = RunSummary.types[0]

/** Draws what is known of a run in a list for each part of its summary. */
export const summarySection = (summary: RunSummary): MarkupElement =>
  element(
    'section',
    {},
    element('h2', {}, 'Summary'),
    element(
      'div',
      { class: 'lists' },
      ...(
        Object.entries(summaryGroups) as ReadonlyArray<[SummaryGroup, ReadonlyArray<keyof RunSummary>]>
      ).flatMap(([group, fields]) => {
        const known = fields.filter(field => summary[field] !== null && summary[field] !== '')
        return known.length === 0
          ? []
          : [
              element(
                'div',
                {},
                element('h3', {}, titles[group]),
                element('dl', {}, ...known.map(field => row(field, summary[field]))),
              ),
            ]
      }),
    ),
  )

const row = (field: keyof RunSummary, value: string | number | null): MarkupElement => {
  const { title = field, description = '', unit = null } = Meta.of(props[field])
  return element(
    'div',
    { title: description },
    element('dt', {}, title),
    element('dd', { class: typeof value === 'number' ? 'number' : 'text' }, cellOf(value, unit) ?? ''),
  )
}
