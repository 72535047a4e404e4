import { escapeUnprintable } from '@finetune-kit/codec'
import type { ResultMetrics } from '@finetune-kit/model/results'
import { useState } from 'react'

type Dropped = Pick<File, 'name' | 'text' | 'size'>

/** A result file of the reader: its rows, or why it has none. */
export interface ResultFile {
  readonly name: string
  readonly metrics: ResultMetrics.ResultMetrics | null
  readonly note: string
}

/** A larger file is no result file: it would be one of two million steps. */
const maxBytes = 100_000_000

/** The result files that the reader added to a view, and how to add more. They stay in the page. */
export const useResultFiles = () => {
  const [files, setFiles] = useState<ReadonlyArray<ResultFile>>([])
  const add = async (added: ReadonlyArray<Dropped>): Promise<void> => {
    const read = await Promise.all(added.map(readResultFile))
    setFiles(known => [...known, ...read])
  }
  return { files, add, clear: () => setFiles([]) }
}

/** Reads a result file. Never rejects: a folder may be dropped, and a file be gone. */
export const readResultFile = (file: Dropped): Promise<ResultFile> => {
  const name = escapeUnprintable(file.name, 100)
  const note = 'it cannot be read. Load the page again and choose it once more'
  return parseResultFile(name, file).catch(() => ({ name, metrics: null, note }))
}

/** Parses a result file with the reader of every other program; loaded when it is needed. */
const parseResultFile = async (name: string, file: Dropped): Promise<ResultFile> => {
  if (file.size > maxBytes) return { name, metrics: null, note: 'larger than 100 MB' }
  const { ResultMetrics } = await import('@finetune-kit/model/results')
  const metrics = ResultMetrics.parse(await file.text())
  const steps = metrics.rows.filter(({ step }) => step !== null).length
  const [problem] = metrics.problems
  const flaw =
    problem === undefined ? [] : [`line ${problem.line}: ${escapeUnprintable(problem.reason, 200)}`]
  return steps === 0
    ? { name, metrics: null, note: flaw[0] ?? 'no row with a step' }
    : { name, metrics, note: [`${steps} steps`, ...flaw].join('; ') }
}
