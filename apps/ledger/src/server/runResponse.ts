import { Change, changeText, sentence, story } from '@finetune-kit/diff/story'
import { Delta, JsonPointer } from '@finetune-kit/diff'
import { curvesOf, lint } from '@finetune-kit/model'
import type * as t from 'io-ts'
import { type LedgerRun, resourcesOf } from './Ledger.ts'

/** The body for one run: see `responses`. */
export const runResponse = (run: LedgerRun) => {
  const { key, id, kind, row, snapshots, seenAt, events, checkpoints, last } = run
  const resources = resourcesOf(run)
  const entries = story(kind.codec as t.Type<unknown>)(snapshots, { ...resources, seenAt })
  return {
    key,
    id,
    kind: kind.name,
    summary: row,
    snapshots,
    seenAt,
    events,
    checkpoints,
    curves: curvesOf(resources),
    lints: lint(last).map(({ path, message }) => ({ path: JsonPointer.print(path.map(String)), message })),
    story: entries.map(({ at, snapshot, changes }) => ({ at, snapshot, sentences: sentencesOf(changes) })),
  }
}

/** The body for the changes from one snapshot to another. */
export const changesResponse = ({ kind }: LedgerRun, a: unknown, b: unknown) => {
  const codec = kind.codec as t.Type<unknown>
  const changes = Change.of(codec)(a, b)
  return {
    delta: Delta.of(codec).diff(a, b),
    sentences: sentencesOf(changes),
    text: changeText(changes),
  }
}

const sentencesOf = (changes: ReadonlyArray<Change.Change>) =>
  changes.map(change => ({ change: change._tag, ...sentence(change) }))
