import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import { type Observation, observe } from '../Observation.ts'
import type { ResultFile } from '../ResultFile.ts'
import { fineTuneResultCsv } from './resultCsv.ts'
import type { SimulatedJob } from './simulateJobs.ts'

/**
 * Returns the result files of jobs and of fine-tunes, as somebody who downloaded each at the end of
 * its run has seen it, in the order of time. Those of 2023 came in base64.
 */
export const resultFilesOf = (
  jobs: ReadonlyArray<SimulatedJob>,
  fineTunes: ReadonlyArray<FineTuneSnapshot>,
): ReadonlyArray<Observation> => {
  const ofJobs = jobs.flatMap(({ id, results, observations, snapshots }) => {
    const [last, seen] = [snapshots.at(-1), observations.at(-1)]
    const file = last?.result_files?.[0]
    if (results === null || last === undefined || seen === undefined || file === undefined) return []
    const content =
      last.seed === undefined && seen.source.includes('api.openai.com') ? btoa(results) : results
    return [observe({ seenAt: seen.seen_at, source: seen.source, runId: id })(resultFile(file, content))]
  })
  const lasts = new Map(fineTunes.map(run => [run.id, run]))
  const ofFineTunes = [...lasts.values()].flatMap(run => {
    const [file] = run.result_files
    if (run.status !== 'succeeded' || file === undefined) return []
    const content = fineTuneResultCsv(run)
    const source = 'https://api.openai.com/v1'
    return [observe({ seenAt: run.updated_at, source, runId: run.id })(resultFile(file.id, content))]
  })
  return [...ofFineTunes, ...ofJobs].toSorted((a, b) => a.seen_at - b.seen_at)
}

const resultFile = (id: string, content: string): ResultFile => ({
  object: 'finetune-kit.result-file',
  name: `${id}.csv`,
  content,
})
