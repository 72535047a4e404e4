import { allRuns, type Route, type TableQuery } from '../Route.ts'

let last: Route = allRuns

/** The list that was shown last: a run leads back to it, not to the first rows of all. */
export const lastList = {
  get: (): Route => last,
  set: (query: TableQuery): void => void (last = { _tag: 'Runs', query }),
}

let run = ''

/** The key of the run that was looked at last; it is told once. */
export const lastRun = {
  set: (key: string): void => void (run = key),
  take: (): string => {
    const taken = run
    run = ''
    return taken
  },
}
