import { expect, test } from 'vitest'
import { afterFailure, afterPoll, defaultPace, newPollHistory } from '../../src/follow/pace.ts'

const middle = 0.5
const quiet = { hasNews: false, hasEnded: false, isFileMissing: false }

test('afterPoll waits 3 seconds after news, and twice as long after each quiet poll, up to 60', () => {
  let history = newPollHistory
  const delays = [true, false, false, false, false, false, false, true].map(hasNews => {
    const next = afterPoll(history, { ...quiet, hasNews }, defaultPace, middle)
    history = next.history
    return next.delay
  })
  expect(delays).toEqual([3, 6, 12, 24, 48, 60, 60, 3])
})

test('afterPoll looks twice more after the end, and then as long as a file is missing', () => {
  const ended = { ...quiet, hasEnded: true }
  const looks = (isFileMissing: boolean) => {
    const delays: Array<number> = []
    let history = newPollHistory
    for (;;) {
      const next = afterPoll(history, { ...ended, isFileMissing }, defaultPace, middle)
      if (next.delay === undefined) return delays
      delays.push(next.delay)
      history = next.history
    }
  }
  expect(looks(false)).toEqual([15, 60])
  expect(looks(true)).toEqual([15, 60, ...Array.from({ length: defaultPace.fileLooks }, () => 60)])
})

test('afterFailure waits as long as the service asks, else up to 60 seconds', () => {
  let history = newPollHistory
  const delays = [0, 0, 0, 0, 0, 0, 3600].map(wait => {
    const next = afterFailure(history, wait, defaultPace, middle)
    history = next.history
    return next.delay
  })
  expect(delays).toEqual([3, 6, 12, 24, 48, 60, 3600])
  expect(afterPoll(history, quiet, defaultPace, middle).history.failures).toBe(0)
})

test('the times spread by 15 %', () => {
  const outcome = { ...quiet, hasNews: true }
  expect(afterPoll(newPollHistory, outcome, defaultPace, 0).delay).toBeCloseTo(2.55)
  expect(afterPoll(newPollHistory, outcome, defaultPace, 1).delay).toBeCloseTo(3.45)
})
