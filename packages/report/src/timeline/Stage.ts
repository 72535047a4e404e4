import type { Progress } from '@finetune-kit/model'

/** A stage of a run's life, in Unix seconds; `to` is null while it lasts. */
export interface Stage {
  readonly name: string
  readonly from: number
  readonly to: number | null
}

/** The stages that the records of a run tell, in their order. */
export const stagesOf = (now: Progress): ReadonlyArray<Stage> => {
  // files are known to be validated where they are now, or where a queue came after that
  const isValidated = now.queuedAt !== null || now.phase === 'validating'
  const begins: ReadonlyArray<readonly [string, number | null]> = [
    [isValidated ? 'validating' : 'created', now.createdAt],
    ['queued', now.queuedAt],
    ['training', now.startedAt],
    ['publishing', now.publishingAt],
    [now.phase, now.finishedAt],
  ]
  const known = begins.flatMap(([name, from]) => (from === null ? [] : [{ name, from }]))
  return known.map(({ name, from }, i) => {
    const next = known[i + 1]?.from
    return { name, from, to: next === undefined ? null : Math.max(from, next) }
  })
}
