import { expect, test } from 'vitest'
import { eventsOf, type RunEvent } from '../../src/index.ts'
import { simulateJobs, simulateRuns } from '../../src/testing/index.ts'

const run = simulateRuns().findLast(({ events }) => (events?.length ?? 0) > 3)
const own = run?.events ?? []
const messages = (events: ReadonlyArray<RunEvent>) => run && eventsOf(run, { events }).map(({ raw }) => raw)

test('eventsOf counts an event once that stands in the snapshot and elsewhere', () => {
  const all = own.map(({ message }) => message)
  expect(messages([])).toEqual(all)
  expect(messages(own)).toEqual(all)
  expect(messages(own.toReversed())).toEqual(all)
})

test('eventsOf keeps events that only one place has, and equal ones of one place', () => {
  const [first] = own
  if (first === undefined) throw new Error('no event')
  const later = { ...first, created_at: first.created_at + 1e6, message: 'later' }
  expect(messages([later, first, first])).toEqual([
    first.message,
    ...own.map(({ message }) => message),
    'later',
  ])
})

test('eventsOf sorts the events of a job, oldest first', () => {
  for (const { snapshots, events } of simulateJobs()) {
    const last = snapshots.at(-1)
    if (last === undefined) throw new Error('a job without a snapshot')
    const times = eventsOf(last, { events: events.toReversed() }).map(({ at }) => at)
    expect(times).toEqual(events.map(event => event.created_at).toSorted((a, b) => a - b))
  }
})

test('eventsOf sorts the steps and epochs of one second by their numbers', () => {
  const steps = [8, 9, 10, 11, 100].map(step => `Step ${step}/100: training loss=0.5`)
  const epochs = [9, 10].map(epoch => `Completed epoch ${epoch}/10`)
  const all = [...epochs, 'Fine-tuning job started', ...steps, 'The job has successfully completed']
  const events = all.map(message => ({ ...own[0], created_at: 7, message })) as ReadonlyArray<RunEvent>
  for (const some of [events, events.toReversed()])
    expect(eventsOf({ ...run, events: [] } as never, { events: some }).map(({ raw }) => raw)).toEqual(all)
})
