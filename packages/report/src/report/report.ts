import { redact } from '@finetune-kit/diff'
import { progressOf, summaryOf } from '@finetune-kit/model'
import { traceOf } from '../chart/Trace.ts'
import { element, type MarkupElement, toHtml } from '../markup/Markup.ts'
import { comparisonOf, comparisonSection, parallelSection, runsSection } from './comparisonSections.ts'
import { curveSection } from './curveSection.ts'
import { lastOf, namesOf, type ReportRun } from './ReportRun.ts'
import { headline, lintSection, storySection, timelineSection } from './runSections.ts'
import { style, styleHash } from './style.ts'
import { summarySection } from './summarySection.ts'

export interface ReportOptions {
  /** The id of the run that the others are measured against, or its index. Default: none. */
  readonly baseline?: string | number | undefined
  /** Hide API keys and organization ids: see `redact` of diff. Default: false. */
  readonly redacted?: boolean
}

/**
 * Writes a report of one run, or a comparison of several, as one HTML file: without scripts and
 * without anything to load, so that it can be read offline, printed and kept. Its content security
 * policy allows its own style and nothing else.
 *
 * Laws: the same runs make the same text; no text of a record is markup in it.
 */
export const report = (runs: ReadonlyArray<ReportRun>, options: ReportOptions = {}): string => {
  const { redacted = false } = options
  const shown = redacted ? runs.map(hideSecrets) : runs
  const baseline = redacted ? redact(options.baseline) : options.baseline
  const [[only, ...others], names] = [shown, namesOf(shown)]
  return only !== undefined && others.length === 0
    ? page(names.join(), reportOne(only, names.join()))
    : page(`${shown.length} runs compared`, reportSeveral(shown, names, baseline))
}

/** The records of a run without secrets; its kind is code. */
const hideSecrets = ({ kind, ...records }: ReportRun): ReportRun => ({ ...redact(records), kind })

const reportOne = (run: ReportRun, name: string): ReadonlyArray<MarkupElement> => {
  const last = lastOf(run)
  const progress = progressOf(last, run)
  return [
    ...headline(progress),
    timelineSection(progress),
    ...curveSection([traceOf(name, last, run)]),
    summarySection(summaryOf(last, run)),
    ...lintSection(run),
    storySection(run),
  ]
}

const reportSeveral = (
  runs: ReadonlyArray<ReportRun>,
  names: ReadonlyArray<string>,
  baseline: ReportOptions['baseline'],
): ReadonlyArray<MarkupElement> => {
  const comparison = comparisonOf(runs, baseline)
  return [
    comparisonSection(comparison),
    ...curveSection(runs.map((run, i) => traceOf(names[i] ?? run.id, lastOf(run), run))),
    ...parallelSection(comparison),
    runsSection(runs, names),
  ]
}

const page = (title: string, content: ReadonlyArray<MarkupElement>): string => {
  const policy = `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`
  const document = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('meta', { name: 'color-scheme', content: 'light dark' }),
      element('title', {}, title),
      element('style', {}, { html: style }),
    ),
    element(
      'body',
      {},
      element('header', {}, element('h1', {}, title)),
      element('main', {}, ...content),
      element('footer', {}, element('p', {}, 'Times are in UTC. Made by finetune-kit.')),
    ),
  )
  return `<!doctype html>\n${toHtml(document)}\n`
}
