import type { FineTuneSnapshot, Run } from '@finetune-kit/model'
import { type Answer, failure, json, notFound, text } from './Answer.ts'
import type { Life, ServedFile } from './Life.ts'
import { page } from './page.ts'

/** The service at one moment. */
export interface Moment {
  readonly lives: ReadonlyArray<Life>
  /** In Unix seconds. */
  readonly now: number
  /** True for a service that is only compatible with OpenAI's. */
  readonly isCompatible: boolean
}

/** Answers a request by its path below the base URL, as in `fine_tuning/jobs/ID/events`. */
export const answerRequest = (path: string, query: URLSearchParams, moment: Moment): Answer => {
  const [family, ...rest] = path.split('/')
  if (family === 'fine_tuning' && rest[0] === 'jobs') return jobs(rest.slice(1), query, moment)
  if (family === 'fine_tuning' && rest[0] === 'checkpoints') return page([], query, moment)
  if (family === 'fine-tunes') return fineTunes(rest, moment)
  if (family === 'files') return files(rest, query, moment)
  return failure(404, `Unknown request URL: GET /${path}. Please check the URL for typos.`, 'unknown_url')
}

const jobs = ([id, resource]: ReadonlyArray<string>, query: URLSearchParams, moment: Moment): Answer => {
  const alive = moment.lives.filter(life => life.family === 'job' && life.createdAt <= moment.now)
  if (id === undefined)
    return page(
      alive.toSorted((a, b) => a.createdAt - b.createdAt).map(life => presentState(life, moment.now)),
      query,
      moment,
    )
  const life = alive.find(one => one.id === id)
  if (life === undefined) return notFound(`fine tune: ${id}`)
  if (resource === undefined) return json(presentState(life, moment.now))
  if (resource === 'events')
    return page(writtenBy(moment.now, life.events) as ReadonlyArray<{ readonly id: string }>, query, moment)
  if (resource === 'checkpoints') return page(writtenBy(moment.now, life.checkpoints), query, moment)
  return failure(404, `Unknown resource of a job: ${resource}`, 'unknown_url')
}

const fineTunes = ([id, resource]: ReadonlyArray<string>, { lives, now }: Moment): Answer => {
  const alive = lives.filter(life => life.family === 'fine-tune' && life.createdAt <= now)
  if (id === undefined)
    return list(
      alive.toSorted((a, b) => a.createdAt - b.createdAt).map(life => withoutEvents(presentState(life, now))),
    )
  const life = alive.find(one => one.id === id)
  if (life === undefined) return notFound(`fine-tune: ${id}`)
  return resource === 'events' ? list(writtenBy(now, life.events)) : json(presentState(life, now))
}

const list = (data: ReadonlyArray<unknown>): Answer => json({ object: 'list', data })

/** A list leaves the events of its items out. */
const withoutEvents = (run: Run): Partial<FineTuneSnapshot> =>
  Object.fromEntries(Object.entries(run).filter(([key]) => key !== 'events'))

const files = ([id, resource]: ReadonlyArray<string>, query: URLSearchParams, moment: Moment): Answer => {
  const present = moment.lives.flatMap(life => life.files.filter(({ at }) => at <= moment.now))
  if (id === undefined)
    return page(
      present.map(({ value }) => value.record),
      query,
      moment,
    )
  const found: ServedFile | undefined = present.find(({ value }) => value.record.id === id)?.value
  if (found === undefined) return failure(404, `No such File object: ${id}`)
  return resource === 'content' ? text(found.content, 'application/octet-stream') : json(found.record)
}

/** The snapshot of a run that is the present one at a time. */
export const presentState = ({ states }: Life, now: number): Run =>
  (states.findLast(({ at }) => at <= now) ?? states[0])?.value as Run

const writtenBy = <A extends { readonly created_at: number }>(
  now: number,
  all: ReadonlyArray<A>,
): ReadonlyArray<A> => all.filter(({ created_at: at }) => at <= now)
