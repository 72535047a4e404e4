import { cellOf } from '@finetune-kit/diff/story'
import type { Progress } from '@finetune-kit/model'
import { element, type MarkupElement } from '../markup/Markup.ts'
import { layoutTimeline } from './layoutTimeline.ts'
import { stagesOf } from './Stage.ts'

const [width, height] = [1000, 14]

/** Draws the stages of a run: to scale, and as a list of their times and durations. */
export const drawTimeline = (progress: Progress): MarkupElement => {
  const stages = stagesOf(progress)
  const now = progress.finishedAt === null ? progress.lastActivity : null
  const spans = layoutTimeline(stages, { width, now })
  return element(
    'div',
    { class: 'timeline' },
    element(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      ...spans.map(({ stage, x, width }) =>
        element('rect', { class: `stage ${stage.name}`, x, y: 0, width, height }),
      ),
    ),
    element(
      'ol',
      {},
      ...stages.map(({ name, from, to }) =>
        element(
          'li',
          {},
          element('b', { class: `state ${name}` }, name),
          ` ${cellOf(from, 'Unix seconds') ?? ''}`,
          ...(to === null || to === from ? [] : [` for ${cellOf(to - from, 'seconds') ?? ''}`]),
        ),
      ),
    ),
  )
}
