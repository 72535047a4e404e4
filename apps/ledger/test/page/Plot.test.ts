import type { Curve } from '@finetune-kit/model'
import { expect, test } from 'vitest'
import { groupsOf, plotOf } from '../../page/src/chart/Plot.ts'

const curve = (metric: string, ...values: ReadonlyArray<number>): Curve => {
  const points = values.map((value, i) => ({ step: i + 1, value, source: 'event' }))
  const last = points.at(-1) ?? { step: 0, value: 0, source: 'event' }
  return { metric, points, last, best: points[0] ?? null }
}

const size = { width: 200, height: 100 }

test('plotOf keeps every point inside the frame', () => {
  const { lines, frame } = plotOf([curve('train_loss', 2, 1, 0.5), curve('valid_loss', -3, 4)], size)
  const dots = lines.flatMap(({ dots }) => dots)
  expect(dots).toHaveLength(5)
  for (const { x, y } of dots) {
    expect(x >= frame.left && x <= frame.right).toBe(true)
    expect(y >= frame.top && y <= frame.bottom).toBe(true)
  }
  expect(lines.map(({ best }) => best)).toEqual(lines.map(({ dots }) => dots[0]))
})

test('plotOf draws a curve of one point, and one of equal values, in the middle', () => {
  for (const values of [[1], [1, 1]]) {
    const { lines, frame } = plotOf([curve('loss', ...values)], size)
    for (const { y } of lines[0]?.dots ?? []) expect(y).toBe((frame.top + frame.bottom) / 2)
    expect(lines[0]?.path).toMatch(/^M[\d.]+,[\d.]+/)
  }
})

test('plotOf draws a long curve without dots', () => {
  const values = Array.from({ length: 5000 }, (_, i) => i % 7)
  const [long] = plotOf([curve('loss', ...values)], size).lines
  expect([long?.dots, (long?.path.length ?? 0) > 5000]).toEqual([[], true])
})

test('groupsOf puts the metrics of one kind on one pair of axes', () => {
  const groups = groupsOf(['train_loss', 'valid_loss', 'train_mean_reward'].map(metric => curve(metric, 1)))
  expect([...groups].map(([name, group]) => [name, group.length])).toEqual([
    ['loss', 2],
    ['reward', 1],
  ])
})
