import { JsonPointer } from '@finetune-kit/diff'
import { cellOf, changeHtml, foldEntries, story } from '@finetune-kit/diff/story'
import { lint, type Progress } from '@finetune-kit/model'
import type * as t from 'io-ts'
import { element, type MarkupElement } from '../markup/Markup.ts'
import { drawTimeline } from '../timeline/drawTimeline.ts'
import { lastOf, type ReportRun } from './ReportRun.ts'

/** Draws where a run stands: its phase, how far it is, its model, and why it failed. */
export const headline = ({
  phase,
  model,
  steps,
  epochs,
  failure,
}: Progress): ReadonlyArray<MarkupElement> => {
  const [count, unit] = steps.total !== null && steps.done > 0 ? [steps, 'steps'] : [epochs, 'epochs']
  const done =
    count.total === null ? [] : [` ${cellOf(count.done, null)} of ${cellOf(count.total, null)} ${unit}`]
  const reason = failure === null ? null : (failure.message ?? failure.code)
  return [
    element(
      'p',
      { class: 'headline' },
      element('b', { class: `state ${phase}` }, phase),
      ...done,
      ...(model === null ? [] : [' · ', element('code', {}, model)]),
    ),
    ...(reason === null ? [] : [element('pre', { class: 'failure' }, reason)]),
  ]
}

/** Draws the stages of a run to scale. */
export const timelineSection = (progress: Progress): MarkupElement =>
  element('section', {}, element('h2', {}, 'Timeline'), drawTimeline(progress))

/** Draws what happened to a run, oldest first. */
export const storySection = ({ kind, snapshots, ...resources }: ReportRun): MarkupElement =>
  element(
    'section',
    {},
    element('h2', {}, 'Story'),
    element(
      'ol',
      { class: 'story' },
      ...foldEntries(story(kind.codec as t.Type<unknown>)(snapshots, resources)).map(
        ({ at, snapshot, changes }) =>
          element(
            'li',
            {},
            element(
              'h3',
              {},
              at === null ? `Snapshot ${(snapshot ?? 0) + 1}` : (cellOf(at, 'Unix seconds') ?? ''),
            ),
            { html: changeHtml(changes) },
          ),
      ),
    ),
  )

/** Draws what is odd about the newest snapshot, and about the metrics of events. */
export const lintSection = (run: ReportRun): ReadonlyArray<MarkupElement> => {
  const warnings = lint(lastOf(run), run)
  if (warnings.length === 0) return []
  const items = warnings.map(({ path, message }) =>
    element('li', {}, element('code', {}, JsonPointer.print(path.map(String))), ` ${message}`),
  )
  return [element('section', {}, element('h2', {}, 'Oddities'), element('ul', {}, ...items))]
}
