import { useQuery } from '@tanstack/react-query'
import { decode, draw, type Issue } from '@finetune-kit/codec'
import { JsonPointer } from '@finetune-kit/diff'
import { lint, type Run as AnyRun } from '@finetune-kit/model'
import { runSnapshot } from '../api/queries.ts'
import type { RunDetail } from '../../../src/api/run.ts'
import { CopyButton } from '../CopyButton.tsx'
import { JsonLines } from '../JsonLines.tsx'
import { Failure, Loading } from '../Answer.tsx'
import { Moment } from '../Moment.tsx'
import { SnapshotNumber } from '../SnapshotNumber.tsx'
import { type RecordConfig } from '../recordConfig.ts'
import { go, type RunRoute } from '../Route.ts'

interface Props {
  readonly run: RunDetail
  readonly config: RecordConfig
  readonly route: RunRoute
}

/** A snapshot of a run as JSON, with what is wrong or odd about it at its place. */
export const RawRecord = ({ run, config, route }: Props) => {
  const { key, snapshots, history } = run
  const shown = Math.min(route.to ?? snapshots, snapshots)
  const digest = history.find(({ n }) => n === shown - 1)?.digest ?? String(run.summary.seq)
  const answer = useQuery(runSnapshot(key, shown, digest))
  const entry = answer.data
  const record = entry?.record
  return (
    <section className="part" aria-label="Record">
      <div className="actions">
        <label>
          Snapshot <SnapshotNumber value={shown} count={snapshots} onChange={to => go({ ...route, to })} /> of{' '}
          {snapshots}
        </label>
        {entry !== undefined && (
          <span className="none">
            seen <Moment seconds={entry.seen_at} isExact />
          </span>
        )}
        {record !== undefined && <CopyButton what="JSON" text={() => JSON.stringify(record, null, 2)} />}
        {entry !== undefined && <CopyButton what="digest" text={() => entry.digest} />}
      </div>
      {answer.isError && <Failure error={answer.error} />}
      {record === undefined ? (
        !answer.isError && <Loading />
      ) : (
        <JsonLines value={record} label="The record as JSON" problems={problemsOf(record, config)} />
      )}
    </section>
  )
}

/** The oddities of a record, and its deviations from the documentation, by JSON Pointer. */
const problemsOf = (record: object, { contract }: RecordConfig) => {
  const found = new Map<string, ReadonlyArray<string>>()
  const add = (path: Issue['path'], message: string) => {
    const { place, missing } = placeOf(record, path)
    found.set(place, [...(found.get(place) ?? []), missing === '' ? message : `${missing}: ${message}`])
  }
  for (const { path, message } of lint(record as AnyRun)) add(path, message)
  const decoded = decode(contract)(record)
  if (decoded._tag === 'Left' && decoded.left._tag === 'Invalid')
    for (const issue of decoded.left.issues)
      add(
        issue.path,
        `documentation: ${draw({ ...decoded.left, issues: [{ ...issue, path: [] }], more: 0 })}`,
      )
  return found
}

/**
 * The pointer of the value at a path. Where that is missing: of the nearest one around it, and the
 * pointer from there.
 */
const placeOf = (
  record: unknown,
  path: Issue['path'],
): { readonly place: string; readonly missing: string } => {
  const tokens: Array<string> = []
  let here = record
  for (const token of path.map(String)) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, token)) break
    here = (here as Record<string, unknown>)[token]
    tokens.push(token)
  }
  const missing = path.slice(tokens.length).map(String)
  return { place: JsonPointer.print(tokens), missing: JsonPointer.print(missing) }
}
