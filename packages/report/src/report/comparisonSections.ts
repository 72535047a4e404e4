import { compareRuns, comparisonHtml, type RunComparison } from '@finetune-kit/diff/story'
import { progressOf } from '@finetune-kit/model'
import { colourClass } from '../chart/drawChart.ts'
import { element, type MarkupElement } from '../markup/Markup.ts'
import { describeParallel, drawParallel } from '../parallel/drawParallel.ts'
import { layoutParallel } from '../parallel/ParallelChart.ts'
import { lastOf, type ReportRun } from './ReportRun.ts'
import { scrollable } from './scrollable.ts'
import { headline, storySection, timelineSection } from './runSections.ts'

/** Compares the newest snapshots of runs in every field. */
export const comparisonOf = (
  runs: ReadonlyArray<ReportRun>,
  baseline: string | number | undefined,
): RunComparison =>
  compareRuns(
    runs.map(run => ({ ...run, run: lastOf(run) })),
    { all: true, baseline },
  )

/** The most differences above the curves: the rest is opened. */
const maxRows = 60

/** Draws the fields in which runs differ, and those in which they agree below. */
export const comparisonSection = (comparison: RunComparison): MarkupElement => {
  const { rows } = comparison
  const differing = rows.filter(({ differs }) => differs)
  const equal = rows.filter(({ differs }) => !differs)
  const table = (label: string, shown: RunComparison['rows']) =>
    scrollable(label, { html: comparisonHtml({ ...comparison, rows: shown }) })
  const folded = (label: string, shown: RunComparison['rows']) =>
    element('details', {}, element('summary', {}, `${label}: ${shown.length}`), table(label, shown))
  return element(
    'section',
    {},
    element('h2', {}, 'Differences'),
    differing.length === 0
      ? element('p', {}, 'Nothing differs.')
      : table('Differences', differing.slice(0, maxRows)),
    ...(differing.length > maxRows ? [folded('More differences', differing.slice(maxRows))] : []),
    folded('The same in all runs', equal),
  )
}

const size = { width: 1000, height: 320 }

/** Draws hyperparameters and final metrics as parallel coordinates, where at least two differ. */
export const parallelSection = (comparison: RunComparison): ReadonlyArray<MarkupElement> => {
  const chart = layoutParallel(comparison, size)
  if (chart.axes.length < 2) return []
  const words = { id: 'parallel', ...describeParallel(chart) }
  return [
    element(
      'section',
      {},
      element('h2', {}, words.title),
      element('div', { class: 'sheet' }, scrollable(words.title, drawParallel(chart, words))),
    ),
  ]
}

/** Draws where each of several runs stands, in the colour of its lines, with its story to open. */
export const runsSection = (runs: ReadonlyArray<ReportRun>, names: ReadonlyArray<string>): MarkupElement =>
  element(
    'section',
    {},
    element('h2', {}, 'Runs'),
    ...runs.map((run, i) => {
      const progress = progressOf(lastOf(run), run)
      return element(
        'article',
        {},
        element(
          'h3',
          {},
          element('i', { class: `swatch ${colourClass(i)}` }),
          element('code', {}, names[i] ?? run.id),
        ),
        ...headline(progress),
        ...timelineSection(progress).children.slice(1),
        element('details', {}, element('summary', {}, 'Story'), ...storySection(run).children.slice(1)),
      )
    }),
  )
