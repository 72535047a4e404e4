import type { ArchivedRun } from '@finetune-kit/archive'
import { progressOf, type Run } from '@finetune-kit/model'
import type { ResultMetrics } from '@finetune-kit/model/results'
import { basename } from 'node:path'

/** A result file that was read, with the name that it has on this machine. */
export interface NamedResults {
  readonly name: string
  readonly metrics: ResultMetrics.ResultMetrics
}

/**
 * Result files by the id of their run: the one whose id, or whose result file's id, the name of the
 * file contains, else the only one. A result file says nothing else about its run.
 */
export const joinResults = (runs: ReadonlyArray<ArchivedRun>, files: ReadonlyArray<NamedResults>) => {
  const byRun = new Map<string, ReadonlyArray<ResultMetrics.ResultMetrics>>()
  let left = 0
  for (const { name, metrics } of files) {
    const run = runs.find(run => namesOf(run).some(id => basename(name).includes(id))) ?? onlyOne(runs)
    if (run === undefined) left++
    else byRun.set(run.id, [...(byRun.get(run.id) ?? []), metrics])
  }
  return { byRun, left }
}

const namesOf = ({ id, snapshots }: ArchivedRun): ReadonlyArray<string> =>
  [id, ...snapshots.flatMap(snapshot => progressOf(snapshot as Run).resultFiles)].filter(id => id !== '')

const onlyOne = (runs: ReadonlyArray<ArchivedRun>): ArchivedRun | undefined =>
  runs.length === 1 ? runs[0] : undefined
