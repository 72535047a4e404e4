import { comparisonCsv, comparisonMarkdown, type RunComparison } from '@finetune-kit/diff/story'
import { CopyButton } from '../CopyButton.tsx'
import { download } from '../download.ts'
import { ReportMenu } from '../ReportMenu.tsx'

interface Props {
  readonly comparison: RunComparison
  /** The parameters of the report of these runs. */
  readonly report: string
}

const save = (name: string, mediaType: string, text: string): void =>
  download(name, mediaType, new TextEncoder().encode(text))

/** The comparison for other programs, and as a report. */
export const ComparisonActions = ({ comparison, report }: Props) => (
  <div className="actions" role="group" aria-label="The comparison for elsewhere">
    <CopyButton what="Markdown" text={() => comparisonMarkdown(comparison)} />
    <CopyButton what="CSV" text={() => comparisonCsv(comparison)} />
    <button
      type="button"
      className="button"
      onClick={() => save('comparison.md', 'text/markdown', `${comparisonMarkdown(comparison)}\n`)}
    >
      Save Markdown
    </button>
    <button
      type="button"
      className="button"
      onClick={() => save('comparison.csv', 'text/csv', `${comparisonCsv(comparison)}\r\n`)}
    >
      Save CSV
    </button>
    <ReportMenu parameters={report} />
  </div>
)
