import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests } from '../runFinetune.ts'

/** A folder with two snapshots of a run, `a` and `b`, and a file of all snapshots of many runs. */
export const snapshotFiles = () => {
  const tests = folderOfTests()
  const snapshots = simulateRuns()
  const [created, validated] = snapshots
  const other = snapshots.find(s => s.id !== created?.id)
  if (created === undefined || validated === undefined || other === undefined) throw new Error('no sample')
  return {
    ...tests,
    snapshots,
    created,
    validated,
    other,
    a: tests.written('a.json', JSON.stringify(created)),
    b: tests.written('b.json', JSON.stringify(validated)),
    good: tests.written('good.ndjson', toNdjson(snapshots)),
  }
}

/** The end of a command that could not be done. */
export const trouble = (stderr: unknown) => ({ code: 2, stdout: '', stderr })
